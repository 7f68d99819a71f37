package io.lexstream.inference;

import java.util.Arrays;

/**
 * What texts cost a model that writes, beside others. A step of its decoder reads all weights whatever the rows, and it
 * cuts batches of its own by length, so that it is given more at once than an encoder.
 */
final class GeneratorCosts {
    /** Tokens that are read or written for one that an encoder reads. See docs/measurements.md. */
    private static final int TOKENS = 4;

    private GeneratorCosts() {}

    /** @param lengths tokens of each text, read and likely written */
    static int[] of(int[] lengths) {
        return Arrays.stream(lengths)
                .map(length -> (length + TOKENS - 1) / TOKENS)
                .toArray();
    }
}
