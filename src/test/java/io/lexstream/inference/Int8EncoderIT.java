package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.onnx.HeadGraph;
import io.lexstream.runtime.GraphRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real bge-small-en-v1.5 in int8, under a head that exaggerates every difference. */
class Int8EncoderIT {
    private static final int LABELS = 3;
    private static final String TEXT = "Great shop, quick delivery!";
    private static final String OUTLIER = "[[[[]]]] \ufffc zxqj " + "!!!!! ".repeat(30);

    private static SequenceClassifier exact;
    private static SequenceClassifier int8;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        BgeFiles files = BgeFiles.unpackTo(directory);
        Path head = Files.write(directory.resolve("head.onnx"), randomHead());
        exact = open(files, head, false);
        int8 = open(files, head, true);
    }

    @AfterAll
    static void close() {
        exact.close();
        int8.close();
    }

    @Test
    void aTextAloneAndBesideAnOutlierHasTheSameProbabilities() {
        Classification alone = int8.run(new TextBatch(List.of(TEXT))).get(0);

        Classification inCompany =
                int8.run(new TextBatch(List.of(OUTLIER, TEXT, "ok"))).get(1);

        alone.scores()
                .forEach((label, score) ->
                        assertThat(inCompany.scores().get(label)).isCloseTo(score, within(1e-4)));
    }

    @Test
    void itSaysWhatTheExactModelSays() {
        TextBatch texts = new TextBatch(List.of(
                TEXT,
                OUTLIER,
                "The parcel arrived broken and nobody answers my mails.",
                "You have won a prize, call this number now to claim it.",
                "How do I reset my password?",
                "Three stars: does what it should, but the battery is weak."));

        List<Classification> rounded = int8.run(texts);

        List<Classification> expected = exact.run(texts);
        for (int i = 0; i < expected.size(); i++) {
            Classification is = rounded.get(i);
            expected.get(i)
                    .scores()
                    .forEach(
                            (label, score) -> assertThat(is.scores().get(label)).isCloseTo(score, within(0.1)));
        }
    }

    private static SequenceClassifier open(BgeFiles files, Path head, boolean int8) throws Exception {
        GraphRecipe graph = new GraphRecipe(files.graph(), Optional.empty(), int8);
        EncoderPool.Key key = new EncoderPool.Key("graph", Optional.empty(), int8, "tokenizer", Pooling.CLS_MEAN, 128);
        EncoderPool.Lease encoder = new EncoderPool(InferenceSettings.DEFAULT).acquire(key, graph, files.tokenizer());
        return new SequenceClassifier("t@1", List.of("a", "b", "c"), HeadOnEncoder.open(encoder, head));
    }

    private static byte[] randomHead() {
        Random random = new Random(1);
        float[][] weights = new float[768][LABELS];
        for (float[] row : weights) {
            for (int label = 0; label < LABELS; label++) {
                row[label] = (float) random.nextGaussian() / 8;
            }
        }
        return HeadGraph.linear(weights, new float[LABELS]);
    }
}
