package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.util.List;

/** Turns texts into outputs, one a text, in order. Safe to call from several threads until it is closed. */
public interface TextModel extends AutoCloseable {
    /**
     * How many tokens the model will read of each text. Tokenises the batch; {@link #run} on it, or on a selection of
     * it, does not do so again.
     */
    int[] lengths(TextBatch texts);

    /**
     * What each text costs beside others, in tokens that an encoder reads: what batches are sorted by and cut by.
     * Tokenises, as {@link #lengths}.
     */
    default int[] costs(TextBatch texts) {
        return lengths(texts);
    }

    /**
     * Says what each text is.
     *
     * @throws InferenceException if the texts could not be run; nothing is known about which of them is to blame
     */
    List<? extends TextOutput> run(TextBatch texts);

    /**
     * Lets the model work on something plain, past whatever would spare it the work; nothing, for a model that works on
     * every text.
     *
     * @throws InferenceException if the model fails: it is broken
     */
    default void probe() {}

    /** Frees native memory. No call may be running. */
    @Override
    void close();
}
