package io.lexstream.trainer.tuning;

import java.util.Arrays;
import java.util.Locale;

/** Which weights of the encoder are trained; the heads always are. */
public enum TuningMethod {
    /** Low-rank matrices beside the linear layers (Hu et al. 2021): a version is a megabyte. */
    LORA,
    /** All weights of the last Transformer blocks. */
    LAST_LAYERS,
    /** All weights but the embeddings. */
    FULL;

    /** As commands, settings and manifests write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException naming those there are */
    public static TuningMethod of(String text) {
        for (TuningMethod method : values()) {
            if (method.text().equals(text)) {
                return method;
            }
        }
        throw new IllegalArgumentException("method '" + text + "' is unknown; known are "
                + Arrays.stream(values()).map(TuningMethod::text).toList());
    }
}
