package io.lexstream.trainer;

import io.lexstream.summary.Form;
import io.lexstream.summary.Passage;
import io.lexstream.summary.Sentence;
import java.util.List;
import java.util.stream.IntStream;

/** How a text begins, which is a fair summary of most: what a summary has to beat. */
public final class Lead {
    private Lead() {}

    /** The first sentences of {@code text}, or the first turns of a dialogue with their speakers, a line each. */
    public static String of(String text, int units) {
        Passage passage = Passage.of(text);
        return passage.quote(of(passage, units));
    }

    /** Numbers of the first sentences, or of all in the first lines of a dialogue. */
    public static List<Integer> of(Passage passage, int units) {
        List<Sentence> sentences = passage.sentences();
        return IntStream.range(0, sentences.size())
                .filter(i -> passage.form() == Form.DIALOGUE ? sentences.get(i).line() < units : i < units)
                .boxed()
                .toList();
    }
}
