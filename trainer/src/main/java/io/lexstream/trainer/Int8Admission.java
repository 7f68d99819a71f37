package io.lexstream.trainer;

import java.util.List;
import java.util.Locale;

/**
 * Whether a version may be served in int8: by what it says of the development rows in both forms.
 *
 * @param loss macro-F1 of fp32 minus that of int8, mean over the files
 * @param agreement share of rows on which both give the same label
 */
record Int8Admission(double loss, double agreement) {
    private static final double MOST_LOSS = 0.005;
    private static final double LEAST_AGREEMENT = 0.97;

    boolean admitted() {
        return loss <= MOST_LOSS && agreement >= LEAST_AGREEMENT;
    }

    /** The precisions for the manifest. */
    List<String> precisions() {
        return admitted() ? List.of("fp32", "int8") : List.of("fp32");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: agrees on %.1f %% of the development rows, macro-F1 %+.2f points",
                admitted() ? "admitted" : "refused",
                100 * agreement,
                -100 * loss);
    }
}
