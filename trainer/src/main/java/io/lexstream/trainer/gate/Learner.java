package io.lexstream.trainer.gate;

import io.lexstream.inference.TextModel;
import io.lexstream.trainer.LabeledText;
import java.util.List;

/** Learns a simple model in a moment, to tell whether labels can be learned: {@code BagOfWordsBaseline::train}. */
@FunctionalInterface
public interface Learner {
    /** @param rows of at least two labels */
    TextModel train(List<LabeledText> rows, long seed);
}
