package io.lexstream.trainer;

import io.lexstream.summary.Form;
import io.lexstream.summary.Passage;
import io.lexstream.summary.Sentence;
import java.util.List;
import java.util.stream.IntStream;

/** The beginning of a text, which is a fair summary of most: what a summary has to beat. */
final class Lead {
    private Lead() {}

    /** The first sentences, or the first turns of a dialogue with their speakers, a line each. */
    static String of(String text, int units) {
        Passage passage = Passage.of(text);
        List<Sentence> sentences = passage.sentences();
        List<Integer> chosen = IntStream.range(0, sentences.size())
                .filter(number -> units
                        > (passage.form() == Form.DIALOGUE
                                ? sentences.get(number).line()
                                : number))
                .boxed()
                .toList();
        return passage.quote(chosen);
    }
}
