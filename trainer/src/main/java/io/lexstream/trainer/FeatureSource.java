package io.lexstream.trainer;

import io.lexstream.inference.TextBatch;
import java.util.List;

/** What turns texts into features: a frozen encoder, or a test's stand-in. */
interface FeatureSource {
    int dimensions();

    /** Tokens of each text, as the source will read it. */
    int[] lengths(TextBatch texts);

    /** One vector of {@link #dimensions()} values a text. */
    List<float[]> features(TextBatch texts);
}
