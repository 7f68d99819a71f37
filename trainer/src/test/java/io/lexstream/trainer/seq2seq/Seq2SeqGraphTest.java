package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.lexstream.onnx.PackedWeights;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.autograd.GraphTrainer;
import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One set of weights as the graph to train and as the pair that is served: the same logits, whoever runs them. */
class Seq2SeqGraphTest {
    private static final Seq2SeqShape SHAPE = new Seq2SeqShape(300, 32, 4, 64, 2, 2, 16, false);
    private static final float TOLERANCE = 1e-5f;
    private static final long[][] SOURCE = {{5, 9, 12, 7, 2}, {8, 4, 2}, {11, 2}};
    private static final long[][] TARGET = {{1, 6, 13, 9}, {1, 7, 7, 5}, {1, 10, 4, 4}};

    private static TensorBackend backend;

    @BeforeAll
    static void open() {
        backend = DjlBackend.open(1);
    }

    @AfterAll
    static void close() {
        backend.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsTrainedIsWhatOnnxRuntimeServes(boolean learnedPositions) throws Exception {
        Seq2SeqShape shape = new Seq2SeqShape(300, 32, 4, 64, 2, 2, 16, learnedPositions);
        Seq2SeqBuilder builder = new Seq2SeqBuilder(shape, Seq2SeqWeights.fresh(3));

        float[] trained = trainingLogits(builder.training());

        try (ServedPair pair = new ServedPair(shape, builder.encoder(), builder.decoder())) {
            assertClose(pair.logits(SOURCE, TARGET, 4), trained, TOLERANCE);
        }
    }

    @Test
    void theServedPairRunsInTheTrainerToo() throws Exception {
        Seq2SeqBuilder builder = new Seq2SeqBuilder(SHAPE, Seq2SeqWeights.fresh(4));

        float[] interpreted = servedLogits(builder.encoder(), builder.decoder());

        try (ServedPair pair = new ServedPair(SHAPE, builder.encoder(), builder.decoder())) {
            assertClose(interpreted, pair.logits(SOURCE, TARGET, 4), TOLERANCE);
        }
    }

    @Test
    void tokensOneByOneGiveWhatAllAtOnceGive() throws Exception {
        Seq2SeqBuilder builder = new Seq2SeqBuilder(SHAPE, Seq2SeqWeights.fresh(5));

        try (ServedPair pair = new ServedPair(SHAPE, builder.encoder(), builder.decoder())) {
            float[] atOnce = pair.logits(SOURCE, TARGET, 4);

            assertClose(pair.logits(SOURCE, TARGET, 1), atOnce, TOLERANCE);
            assertClose(pair.logits(SOURCE, TARGET, 3), atOnce, TOLERANCE);
        }
    }

    @Test
    void aRowDoesNotSeeTheRowsBesideIt() throws Exception {
        Seq2SeqBuilder builder = new Seq2SeqBuilder(SHAPE, Seq2SeqWeights.fresh(6));

        try (ServedPair pair = new ServedPair(SHAPE, builder.encoder(), builder.decoder())) {
            float[] together = pair.logits(SOURCE, TARGET, 4);
            float[] alone = pair.logits(new long[][] {SOURCE[1]}, new long[][] {TARGET[1]}, 4);

            assertClose(alone, Arrays.copyOfRange(together, alone.length, 2 * alone.length), TOLERANCE);
        }
    }

    @Test
    void theGraphsHaveTheNamesOfOurLayout() {
        Seq2SeqBuilder builder = new Seq2SeqBuilder(SHAPE, Seq2SeqWeights.fresh(7));

        assertThat(names(builder.encoder().getGraph().getInputList())).containsExactly("input_ids", "attention_mask");
        assertThat(names(builder.encoder().getGraph().getOutputList()))
                .containsExactly(
                        "present.0.encoder.key",
                        "present.0.encoder.value",
                        "present.1.encoder.key",
                        "present.1.encoder.value");
        assertThat(names(builder.decoder().getGraph().getInputList()))
                .containsExactlyInAnyOrder(
                        "input_ids",
                        "encoder_attention_mask",
                        "past_key_values.0.decoder.key",
                        "past_key_values.0.decoder.value",
                        "past_key_values.0.encoder.key",
                        "past_key_values.0.encoder.value",
                        "past_key_values.1.decoder.key",
                        "past_key_values.1.decoder.value",
                        "past_key_values.1.encoder.key",
                        "past_key_values.1.encoder.value");
        assertThat(names(builder.decoder().getGraph().getOutputList()))
                .containsExactlyInAnyOrder(
                        "logits",
                        "present.0.decoder.key",
                        "present.0.decoder.value",
                        "present.1.decoder.key",
                        "present.1.decoder.value");
    }

    @Test
    void packedWeightsAreAThirdOfTheSizeAndNearlyTheSame() throws Exception {
        Seq2SeqShape wide = new Seq2SeqShape(300, 64, 4, 256, 2, 2, 16, false);
        Seq2SeqBuilder builder = new Seq2SeqBuilder(wide, Seq2SeqWeights.fresh(8));
        ModelProto encoder = PackedWeights.pack(builder.encoder());
        ModelProto decoder = PackedWeights.pack(builder.decoder());

        assertThat(encoder.getSerializedSize()).isLessThan(builder.encoder().getSerializedSize() / 3);
        try (ServedPair whole = new ServedPair(wide, builder.encoder(), builder.decoder());
                ServedPair packed = new ServedPair(wide, encoder, decoder);
                ServedPair unpacked =
                        new ServedPair(wide, PackedWeights.unpack(encoder), PackedWeights.unpack(decoder))) {
            float[] exact = whole.logits(SOURCE, TARGET, 4);
            float[] rounded = packed.logits(SOURCE, TARGET, 4);

            assertClose(rounded, exact, 0.1f);
            assertThat(rounded).isNotEqualTo(exact);
            assertClose(unpacked.logits(SOURCE, TARGET, 4), rounded, TOLERANCE);
        }
        assertThat(PackedWeights.unpack(builder.encoder()).getGraph().getNodeList())
                .as("one that is not packed stays as it is")
                .isEqualTo(builder.encoder().getGraph().getNodeList());
    }

    private static float[] trainingLogits(ModelProto training) {
        GraphTrainer graph = new GraphTrainer(
                backend, training.getGraph(), Seq2SeqBuilder::isTrained, List.of(Seq2SeqBuilder.LOGITS));
        backend.beginStep(false);
        try {
            Map<String, Tensor> inputs = new HashMap<>(sources());
            inputs.put("decoder_input_ids", backend.longs(flat(TARGET), 3, 4));
            inputs.put(
                    "label_positions",
                    backend.longs(IntStream.range(0, 12).asLongStream().toArray(), 12));
            return Objects.requireNonNull(graph.run(inputs, null).get("logits")).floats();
        } finally {
            backend.endStep();
        }
    }

    private static float[] servedLogits(ModelProto encoder, ModelProto decoder) {
        List<String> present = names(encoder.getGraph().getOutputList());
        GraphTrainer encoding = new GraphTrainer(backend, encoder.getGraph(), name -> false, present);
        GraphTrainer decoding = new GraphTrainer(backend, decoder.getGraph(), name -> false, List.of("logits"));
        backend.beginStep(false);
        try {
            Map<String, Tensor> inputs = new HashMap<>();
            encoding.run(sources(), null)
                    .forEach((name, tensor) -> inputs.put(name.replace("present", "past_key_values"), tensor));
            for (int layer = 0; layer < SHAPE.decoderLayers(); layer++) {
                for (String what : List.of("key", "value")) {
                    inputs.put(
                            "past_key_values." + layer + ".decoder." + what,
                            backend.floats(new float[0], 3, SHAPE.heads(), 0, SHAPE.headWidth()));
                }
            }
            inputs.put("encoder_attention_mask", sources().get("attention_mask"));
            inputs.put("input_ids", backend.longs(flat(TARGET), 3, 4));
            return Objects.requireNonNull(decoding.run(inputs, null).get("logits"))
                    .floats();
        } finally {
            backend.endStep();
        }
    }

    private static Map<String, Tensor> sources() {
        long[] ids = new long[15];
        long[] mask = new long[15];
        for (int row = 0; row < 3; row++) {
            for (int i = 0; i < SOURCE[row].length; i++) {
                ids[row * 5 + i] = SOURCE[row][i];
                mask[row * 5 + i] = 1;
            }
        }
        return Map.of("input_ids", backend.longs(ids, 3, 5), "attention_mask", backend.longs(mask, 3, 5));
    }

    private static long[] flat(long[][] rows) {
        return Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray();
    }

    private static List<String> names(List<ValueInfoProto> values) {
        return new ArrayList<>(values.stream().map(ValueInfoProto::getName).toList());
    }

    private static void assertClose(float[] actual, float[] expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("value %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }
}
