package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.onnx.BaseStates;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.GraphJoin;
import io.lexstream.onnx.LinearLayer;
import io.lexstream.onnx.LoraGraph;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.autograd.GraphTrainer;
import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is trained behind the real base encoder is what is served behind it. */
class TakenEncoderIT {
    private static final int BLOCKS = 2;
    private static final Seq2SeqShape SHAPE = new Seq2SeqShape(300, 16, 2, 32, 0, 2, 16, false);
    private static final List<String> TEXTS = List.of("The kettle arrived broken.", "Never again, said the waiter.");
    private static final int[] TARGET = {40, 50, 60, 2};

    private final BaseEncoder base = BaseEncoders.onClassPath().all().get(0);

    @TempDir
    Path directory;

    @Test
    void theDecoderIsTrainedOnWhatItIsServedWith() throws Exception {
        try (TakenEncoder encoder = open(Optional.empty())) {
            List<TokenPair> pairs = pairs(encoder);
            Seq2SeqBuilder builder = encoder.builder(SHAPE, Seq2SeqWeights.fresh(3));

            float[] trained = logits(encoder.trained(builder, List.of(new WeightedPairs("texts", 1, pairs))), pairs);

            ModelProto served = GraphJoin.ofOneTokenType(GraphJoin.join(graph(), builder.encoder()));
            try (ServedPair pair = new ServedPair(SHAPE, served, builder.decoder())) {
                assertClose(trained, served(pair, pairs), 2e-3f); // states are kept as fp16
            }
        }
    }

    @Test
    void lowRankMatricesChangeNothingBeforeTrainingAndAreAllOfTheEncoderThatIsTrained() throws Exception {
        try (TakenEncoder frozen = open(Optional.empty());
                TakenEncoder adapted = open(Optional.of(new Pretrained.Lora(4, 2, 1)))) {
            List<TokenPair> pairs = pairs(frozen);
            List<WeightedPairs> data = List.of(new WeightedPairs("texts", 1, pairs));
            Seq2SeqBuilder builder = frozen.builder(SHAPE, Seq2SeqWeights.fresh(3));

            TrainedGraph changed = adapted.trained(builder, data);

            assertClose(logits(changed, pairs), logits(frozen.trained(builder, data), pairs), 2e-3f);
            Set<String> names = new TreeSet<>();
            try (DjlBackend backend = DjlBackend.open(1)) {
                names.addAll(
                        new GraphTrainer(backend, changed.graph(), changed.trained(), List.of(Seq2SeqBuilder.LOGITS))
                                .trainable()
                                .keySet());
            }
            Set<String> expected = new TreeSet<>();
            builder.training().getGraph().getInitializerList().stream()
                    .map(tensor -> tensor.getName())
                    .filter(Seq2SeqBuilder::isTrained)
                    .forEach(expected::add);
            LinearLayer.of(graph().getGraph()).stream()
                    .filter(layer -> layer.block() < BLOCKS)
                    .forEach(layer ->
                            expected.addAll(List.of(LoraGraph.a(layer.weight()), LoraGraph.b(layer.weight()))));
            assertThat(names).isEqualTo(expected);
        }
    }

    @Test
    void aTextThatIsTooLongIsCutAndKeepsItsLastSpecialToken() throws Exception {
        try (TakenEncoder encoder = open(Optional.empty())) {
            int[] whole = encoder.encode(List.of("tea")).get(0);
            int[] cut = encoder.encode(List.of("tea ".repeat(100))).get(0);

            assertThat(cut).hasSize(12);
            assertThat(cut[11]).isEqualTo(whole[whole.length - 1]);
        }
    }

    private TakenEncoder open(Optional<Pretrained.Lora> lora) throws Exception {
        ContentStore store = new ContentStore(directory.resolve("store"));
        Pretrained pretrained = new Pretrained(base, BLOCKS, lora);
        return TakenEncoder.open(pretrained, store, 12, directory.resolve("work" + lora), 1, Progress.silent());
    }

    private ModelProto graph() throws Exception {
        ContentStore store = new ContentStore(directory.resolve("store"));
        ModelProto graph = GraphFile.read(store.find(base.graph().getSha256()).orElseThrow());
        return GraphJoin.cut(graph, BaseStates.after(BLOCKS, graph));
    }

    private static List<TokenPair> pairs(TakenEncoder encoder) {
        return encoder.encode(TEXTS).stream()
                .map(source -> new TokenPair(source, TARGET))
                .toList();
    }

    private static float[] logits(TrainedGraph training, List<TokenPair> pairs) {
        PairBatch batch = new PairBatch(pairs);
        try (TensorBackend backend = DjlBackend.open(1)) {
            GraphTrainer graph =
                    new GraphTrainer(backend, training.graph(), training.trained(), List.of(Seq2SeqBuilder.LOGITS));
            backend.beginStep(false);
            Map<String, Tensor> inputs = new HashMap<>();
            training.sources().add(batch, backend, inputs);
            inputs.put(
                    "decoder_input_ids",
                    backend.longs(batch.decoderIds(training.start(), training.pad()), 2, TARGET.length));
            long[] positions = batch.labelPositions();
            inputs.put("label_positions", backend.longs(positions, positions.length));
            float[] logits = Objects.requireNonNull(graph.run(inputs, null).get("logits"))
                    .floats();
            backend.endStep();
            return logits;
        }
    }

    private static float[] served(ServedPair pair, List<TokenPair> pairs) throws Exception {
        long[][] sources = pairs.stream()
                .map(row -> Arrays.stream(row.source()).asLongStream().toArray())
                .toArray(long[][]::new);
        long[][] targets = new long[pairs.size()][];
        Arrays.fill(targets, new long[] {1, 40, 50, 60});
        return pair.logits(sources, targets, 1);
    }

    private static void assertClose(float[] actual, float[] expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("value %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }
}
