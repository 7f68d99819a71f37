package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.HeadGraph;
import io.lexstream.runtime.GraphRecipe;
import io.lexstream.runtime.InferenceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceClassifierTest {
    private static final List<String> LABELS = List.of("positive", "negative");

    @TempDir
    Path directory;

    @Test
    void aWholeGraphGivesEachTextItsLabel() throws Exception {
        try (SequenceClassifier classifier = whole(InferenceSettings.DEFAULT, 16)) {
            List<Classification> results = classifier.run(new TextBatch(List.of("good", "bad bad", "good bad bad")));

            assertThat(results).extracting(Classification::label).containsExactly("positive", "negative", "negative");
            assertThat(results.get(0).scores().values().stream()
                            .mapToDouble(d -> d)
                            .sum())
                    .isCloseTo(1, within(1e-9));
            assertThat(results.get(0).truncated()).isFalse();
        }
    }

    @Test
    void whatLiesBehindTheLimitIsNotReadAndTheResultSaysSo() throws Exception {
        try (SequenceClassifier classifier = whole(InferenceSettings.DEFAULT, 5)) {
            Classification result = classifier
                    .run(new TextBatch(List.of("good good good bad bad bad bad bad bad")))
                    .get(0);

            assertThat(result.label()).isEqualTo("positive");
            assertThat(result.truncated()).isTrue();
        }
    }

    @Test
    void windowsAreAveraged() throws Exception {
        try (SequenceClassifier classifier = whole(new InferenceSettings(1, 8), 5)) {
            Classification result = classifier
                    .run(new TextBatch(List.of("good good good bad bad bad bad bad bad")))
                    .get(0);

            assertThat(result.windows()).isEqualTo(3);
            assertThat(result.label()).isEqualTo("negative");
            assertThat(result.truncated()).isFalse();
        }
    }

    @Test
    void tasksWithOneEncoderShareOnePass() throws Exception {
        EncoderPool pool = new EncoderPool(InferenceSettings.DEFAULT);
        try (SequenceClassifier first = headed(pool, new float[][] {{1, 0}, {0, 1}});
                SequenceClassifier second = headed(pool, new float[][] {{0, 1}, {1, 0}})) {
            TextBatch batch = new TextBatch(List.of("good", "bad"));

            List<Classification> one = first.run(batch);
            List<Classification> other = second.run(batch);

            assertThat(one).extracting(Classification::label).containsExactly("positive", "negative");
            assertThat(other).extracting(Classification::label).containsExactly("negative", "positive");
            EncoderPool.Lease shared = encoder(pool);
            List<EncodedText> before = shared.encoder().encode(batch);
            assertThat(shared.encoder().encode(batch)).isEqualTo(before);
            shared.close();
        }
    }

    @Test
    void anEncoderStaysOpenUntilItsLastUserHasClosed() throws Exception {
        EncoderPool pool = new EncoderPool(InferenceSettings.DEFAULT);
        SequenceClassifier first = headed(pool, new float[][] {{1, 0}, {0, 1}});
        SequenceClassifier second = headed(pool, new float[][] {{1, 0}, {0, 1}});

        first.close();

        assertThat(second.run(new TextBatch(List.of("good"))).get(0).label()).isEqualTo("positive");
        second.close();
        headed(pool, new float[][] {{1, 0}, {0, 1}}).close();
    }

    @Test
    void notANumberIsAnErrorAndNeverALabel() throws Exception {
        float[] table = {0, 0, 0, 0, 0, 0, 0, 0, Float.NaN, 0, 0, 8};
        Path graph = TinyModels.classifier(directory.resolve("nan.onnx"), "input_ids", table);
        try (SequenceClassifier classifier = new SequenceClassifier(
                "t@1", LABELS, WholeGraph.open(GraphRecipe.asIs(graph), tokenizer(), 16, InferenceSettings.DEFAULT))) {
            assertThatThrownBy(() -> classifier.run(new TextBatch(List.of("good"))))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("NaN");
        }
    }

    @Test
    void aGraphWithOtherInputsIsRefused() throws Exception {
        Path graph = TinyModels.classifier(directory.resolve("odd.onnx"), "pixels", new float[12]);

        assertThatThrownBy(() -> WholeGraph.open(GraphRecipe.asIs(graph), tokenizer(), 16, InferenceSettings.DEFAULT))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("pixels");
    }

    @Test
    void anEncoderDoesNotPassForAClassifier() throws Exception {
        Path graph = TinyModels.encoder(directory.resolve("encoder.onnx"));

        assertThatThrownBy(() -> WholeGraph.open(GraphRecipe.asIs(graph), tokenizer(), 16, InferenceSettings.DEFAULT))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("rank 2");
    }

    @Test
    void aLogitTooFewIsAnError() throws Exception {
        try (SequenceClassifier classifier = new SequenceClassifier(
                "t@1",
                List.of("a", "b", "c"),
                WholeGraph.open(
                        GraphRecipe.asIs(TinyModels.classifier(directory.resolve("c.onnx"))),
                        tokenizer(),
                        16,
                        InferenceSettings.DEFAULT))) {
            assertThatThrownBy(() -> classifier.run(new TextBatch(List.of("good"))))
                    .hasMessageContaining("2 logits for 3 labels");
        }
    }

    private SequenceClassifier whole(InferenceSettings settings, int maxTokens) throws Exception {
        Path graph = TinyModels.classifier(directory.resolve("classifier.onnx"));
        return new SequenceClassifier(
                "t@1", LABELS, WholeGraph.open(GraphRecipe.asIs(graph), tokenizer(), maxTokens, settings));
    }

    private SequenceClassifier headed(EncoderPool pool, float[][] weights) throws Exception {
        Path head = Files.write(directory.resolve("head.onnx"), HeadGraph.linear(weights, new float[] {0, 0}));
        return new SequenceClassifier("t@1", LABELS, HeadOnEncoder.open(encoder(pool), head));
    }

    private EncoderPool.Lease encoder(EncoderPool pool) throws Exception {
        EncoderPool.Key key = new EncoderPool.Key("graph", Optional.empty(), false, "tokenizer", Pooling.MEAN, 16);
        return pool.acquire(key, GraphRecipe.asIs(TinyModels.encoder(directory.resolve("encoder.onnx"))), tokenizer());
    }

    private Path tokenizer() throws Exception {
        return TinyModels.tokenizer(directory.resolve("tokenizer.json"));
    }
}
