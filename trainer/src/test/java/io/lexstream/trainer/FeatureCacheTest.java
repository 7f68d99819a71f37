package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.inference.TextBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
    @TempDir
    Path directory;

    @Test
    void whatWasStoredIsThereAfterReopening() throws IOException {
        try (FeatureCache cache = FeatureCache.open(directory, 2)) {
            cache.add(List.of("a", "b"), List.of(new float[] {1, 2}, new float[] {3, 4}));
            cache.add(List.of("a", "c"), List.of(new float[] {9, 9}, new float[] {5, -6.5f}));
        }

        try (FeatureCache cache = FeatureCache.open(directory, 2)) {
            assertThat(cache.size()).isEqualTo(3);
            assertThat(cache.get("a")).containsExactly(1, 2);
            assertThat(cache.get("b")).containsExactly(3, 4);
            assertThat(cache.get("c")).containsExactly(5, -6.5f);
            assertThat(cache.contains("d")).isFalse();
        }
    }

    @Test
    void aRecordThatWasHalfWrittenIsCutOffAndTheNextOneIsWhole() throws IOException {
        try (FeatureCache cache = FeatureCache.open(directory, 2)) {
            cache.add(List.of("a", "b"), List.of(new float[] {1, 2}, new float[] {3, 4}));
        }
        Path file = directory.resolve("features.bin");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3), StandardOpenOption.TRUNCATE_EXISTING);

        try (FeatureCache cache = FeatureCache.open(directory, 2)) {
            assertThat(cache.contains("a")).isTrue();
            assertThat(cache.contains("b")).isFalse();
            cache.add(List.of("c"), List.of(new float[] {5, 6}));
        }

        try (FeatureCache cache = FeatureCache.open(directory, 2)) {
            assertThat(cache.size()).isEqualTo(2);
            assertThat(cache.get("c")).containsExactly(5, 6);
        }
    }

    @Test
    void featuresOfAnotherKindAreRefused() throws IOException {
        FeatureCache.open(directory, 2).close();

        assertThatThrownBy(() -> FeatureCache.open(directory, 3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not hold features of 3 values");
    }

    @Test
    void aCacheIsOpenOnce() throws IOException {
        try (FeatureCache cache = FeatureCache.open(directory, 2)) {
            assertThatThrownBy(() -> FeatureCache.open(directory, cache.size() + 2))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void aPassEncodesOnlyWhatIsMissingAndEachTextOnce() throws IOException {
        FakeFeatures source = new FakeFeatures();
        try (FeatureCache cache = FeatureCache.open(directory, 2)) {
            cache.add(List.of("known"), List.of(new float[] {1, 1}));

            int encoded = new EncoderPass(source, cache, 100, Progress.silent())
                    .run("test", List.of("new one", "known", "another new one", "new one"));

            assertThat(encoded).isEqualTo(2);
            assertThat(source.batches).containsExactly(List.of("another new one", "new one"));
            assertThat(cache.get("known")).containsExactly(1, 1);
            assertThat(cache.get("new one")).containsExactly(FakeFeatures.of("new one"));
        }
    }

    @Test
    void aPassThatDiesGoesOnWhereItWas() throws IOException {
        List<String> texts = List.of("one", "two words", "three words here", "and these are four");
        FakeFeatures dying = new FakeFeatures();
        try (FeatureCache cache = FeatureCache.open(directory, 2)) {
            FeatureSource source = new DyingFeatures(dying, 2);
            assertThatThrownBy(() -> new EncoderPass(source, cache, 4, Progress.silent()).run("test", texts))
                    .hasMessage("killed");
        }

        FakeFeatures second = new FakeFeatures();
        try (FeatureCache cache = FeatureCache.open(directory, 2)) {
            new EncoderPass(second, cache, 4, Progress.silent()).run("test", texts);

            assertThat(second.batches).containsExactly(List.of("two words", "one"));
            for (String text : texts) {
                assertThat(cache.get(text)).containsExactly(FakeFeatures.of(text));
            }
        }
    }

    /** Fails after some batches. */
    private static final class DyingFeatures implements FeatureSource {
        private final FeatureSource source;
        private int left;

        DyingFeatures(FeatureSource source, int batches) {
            this.source = source;
            this.left = batches;
        }

        @Override
        public int dimensions() {
            return source.dimensions();
        }

        @Override
        public int[] lengths(TextBatch texts) {
            return source.lengths(texts);
        }

        @Override
        public List<float[]> features(TextBatch texts) {
            if (left-- == 0) {
                throw new IllegalStateException("killed");
            }
            return source.features(texts);
        }
    }
}
