package io.lexstream.inference;

import io.lexstream.runtime.OnnxSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A classifier without its labels: the logits of every window of every text. */
interface LogitModel extends AutoCloseable {
    int[] lengths(TextBatch texts);

    List<TextLogits> logits(TextBatch texts);

    @Override
    void close();

    /**
     * @param windows logits of each window, [labels]
     * @param tokens tokens that were read
     * @param unknownTokens how many of them the vocabulary does not have
     * @param truncated whether a part of the text was not read
     */
    record TextLogits(List<float[]> windows, int tokens, int unknownTokens, boolean truncated) {}

    /** Cuts an output [rows, labels] into texts; {@code texts} say how many rows each has. */
    static List<TextLogits> perText(OnnxSession.Output output, List<? extends Windowed> texts) {
        int labels = (int) output.shape()[1];
        List<TextLogits> logits = new ArrayList<>(texts.size());
        int start = 0;
        for (Windowed text : texts) {
            List<float[]> windows = new ArrayList<>();
            for (int i = 0; i < text.windows().size(); i++) {
                windows.add(Arrays.copyOfRange(output.values(), start, start + labels));
                start += labels;
            }
            logits.add(new TextLogits(windows, text.tokens(), text.unknownTokens(), text.truncated()));
        }
        return logits;
    }

    /** A text that is read in one or more windows. */
    interface Windowed {
        List<?> windows();

        int tokens();

        int unknownTokens();

        boolean truncated();
    }
}
