package io.lexstream.trainer;

import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextEncoder;
import java.util.List;

/** The features that the served model will see: a frozen encoder's, the first window of a long text. */
record EncoderFeatures(TextEncoder encoder) implements FeatureSource {
    @Override
    public int dimensions() {
        return encoder.dimensions();
    }

    @Override
    public int[] lengths(TextBatch texts) {
        return encoder.lengths(texts);
    }

    @Override
    public List<float[]> features(TextBatch texts) {
        return encoder.encode(texts).stream().map(text -> text.windows().get(0)).toList();
    }
}
