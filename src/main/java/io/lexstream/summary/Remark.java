package io.lexstream.summary;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that somebody said in one of many texts: a short text as a whole, or a sentence of a longer one.
 *
 * @param text number of the text that it stands in
 * @param words verbatim
 */
public record Remark(int text, String words) {
    /** A text of at most so many characters is one remark: its sentences are about one thing. */
    private static final int WHOLE_TEXT = 120;

    /** Words that a sentence of a longer text must have to say something: "Hello!" does not. */
    private static final int FEWEST_WORDS = 4;

    /**
     * The remarks of {@code texts}, in order. A text without a sentence has none; one whose sentences all are very
     * short has one, all of it that is read.
     */
    public static List<Remark> in(List<String> texts) {
        List<Remark> remarks = new ArrayList<>();
        for (int text = 0; text < texts.size(); text++) {
            Passage passage = Passage.of(texts.get(text));
            if (passage.characters() <= WHOLE_TEXT && !passage.sentences().isEmpty()) {
                remarks.add(new Remark(text, texts.get(text).strip()));
                continue;
            }
            int before = remarks.size();
            for (String words : passage.words()) {
                if (Words.in(words).size() >= FEWEST_WORDS) {
                    remarks.add(new Remark(text, words));
                }
            }
            if (remarks.size() == before && !passage.sentences().isEmpty()) {
                remarks.add(new Remark(text, passage.words().get(0)));
            }
        }
        return List.copyOf(remarks);
    }
}
