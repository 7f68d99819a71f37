package io.lexstream.trainer.summary;

import io.lexstream.summary.Form;
import io.lexstream.summary.Passage;
import io.lexstream.summary.Sentence;
import java.util.List;
import java.util.stream.IntStream;

/** The summary that needs no model: how the text begins. */
final class Lead {
    private Lead() {}

    /** Numbers of the first {@code count} sentences, or of all in the first {@code count} lines of a dialogue. */
    static List<Integer> of(Passage passage, int count) {
        List<Sentence> sentences = passage.sentences();
        return IntStream.range(0, sentences.size())
                .filter(i -> passage.form() == Form.DIALOGUE ? sentences.get(i).line() < count : i < count)
                .boxed()
                .toList();
    }
}
