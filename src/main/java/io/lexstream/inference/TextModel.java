package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.util.List;

/** Turns texts into outputs, one a text, in order. Safe to call from several threads until it is closed. */
public interface TextModel extends AutoCloseable {
    /**
     * How many tokens the model will read of each text: what batches are sorted by and cut by. Tokenises the batch;
     * {@link #run} on it, or on a selection of it, does not do so again.
     */
    int[] lengths(TextBatch texts);

    /**
     * Says what each text is.
     *
     * @throws InferenceException if the texts could not be run; nothing is known about which of them is to blame
     */
    List<? extends TextOutput> run(TextBatch texts);

    /** Frees native memory. No call may be running. */
    @Override
    void close();
}
