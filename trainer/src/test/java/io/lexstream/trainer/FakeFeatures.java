package io.lexstream.trainer;

import io.lexstream.inference.TextBatch;
import java.util.ArrayList;
import java.util.List;

/** Features that are plain to see: a text's length and its words, which are its tokens too. Remembers its batches. */
final class FakeFeatures implements FeatureSource {
    final List<List<String>> batches = new ArrayList<>();

    @Override
    public int dimensions() {
        return 2;
    }

    @Override
    public int[] lengths(TextBatch texts) {
        return texts.texts().stream().mapToInt(FakeFeatures::words).toArray();
    }

    @Override
    public List<float[]> features(TextBatch texts) {
        batches.add(texts.texts());
        return texts.texts().stream().map(FakeFeatures::of).toList();
    }

    static float[] of(String text) {
        return new float[] {text.length(), words(text)};
    }

    private static int words(String text) {
        return text.split(" ").length;
    }
}
