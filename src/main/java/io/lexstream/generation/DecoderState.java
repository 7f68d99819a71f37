package io.lexstream.generation;

/** A batch of sources on its way through the decoder, one row each at first. Used by one thread. */
interface DecoderState extends AutoCloseable {
    int rows();

    /**
     * Goes one token on.
     *
     * @param tokens the next token that each row reads
     * @throws io.lexstream.runtime.InferenceException if the graph fails
     */
    Logits step(int[] tokens);

    /** Makes row {@code i} what row {@code kept[i]} is now: rows can leave, change places, and multiply. */
    void keep(int[] kept);

    @Override
    void close();
}
