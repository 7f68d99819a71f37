package io.lexstream.trainer.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.lexstream.inference.TextTokenizer;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.onnx.EncoderHeads;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.LinearLayer;
import io.lexstream.onnx.LoraAdapter;
import io.lexstream.onnx.LoraGraph;
import io.lexstream.onnx.LoraMerge;
import io.lexstream.onnx.Tensors;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.autograd.GraphTrainer;
import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real encoders on texts of this test: what is trained is what ONNX Runtime serves. */
class TuningIT {
    private static final List<String> TEXTS = List.of(
            "The kettle is wonderful, thank you!",
            "Broken after two days and nobody answers my mails.",
            "Lovely colour.",
            "The worst shop I have ever bought from, and the parcel came open and wet.",
            "I am happy with it.",
            "Do not buy this.",
            "Great value, quick delivery, will come again.",
            "It leaks.");
    private static final float TOLERANCE = 1e-5f;

    @TempDir
    static Path directory;

    private static ContentStore store;

    @BeforeAll
    static void open() {
        store = new ContentStore(directory.resolve("store"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bge-small-en-v1.5", "all-minilm-l6-v2"})
    void everyMethodTrainsTheVeryGraphThatOnnxRuntimeServes(String name) throws Exception {
        Setting setting = new Setting(name);
        assertClose(torch(setting.headed(), setting), onnxRuntime(setting.headed(), setting));

        for (TuningMethod method : TuningMethod.values()) {
            Recorder recorder = new Recorder();
            TunedWeights tuned = setting.tune(options(method), Optional.empty(), recorder);

            assertThat(recorder.points.get(recorder.points.size() - 1).loss())
                    .as("%s: the loss falls", method)
                    .isLessThan(recorder.points.get(0).loss());
            GraphProto trained = withWeights(setting.graph(method), tuned.weights());
            GraphProto served = method == TuningMethod.LORA ? merged(setting, tuned) : trained;
            assertClose(torch(trained, setting), onnxRuntime(served, setting));
        }
    }

    @Test
    void aRunThatWasStoppedEndsAsOneThatWasNot() throws Exception {
        Setting setting = new Setting("all-minilm-l6-v2");
        TuningOptions options = options(TuningMethod.LORA);
        TunedWeights whole = setting.tune(options, Optional.empty(), new Recorder());

        Path checkpoint = directory.resolve("stopped.checkpoint");
        Recorder stopping = new Recorder();
        stopping.stopAfter = 5;
        assertThatThrownBy(() -> setting.tune(options, Optional.of(checkpoint), stopping))
                .isInstanceOf(TuningStopped.class);
        TunedWeights resumed = setting.tune(options, Optional.of(checkpoint), new Recorder());

        assertThat(resumed.updates()).isEqualTo(whole.updates());
        assertThat(resumed.curve()).isEqualTo(whole.curve());
        whole.weights()
                .forEach((name, values) ->
                        assertThat(resumed.weights().get(name)).as(name).containsExactly(values));
    }

    @Test
    void aCheckpointOfAnotherRunIsNotTaken() throws Exception {
        Setting setting = new Setting("all-minilm-l6-v2");
        Path checkpoint = directory.resolve("other.checkpoint");
        setting.tune(options(TuningMethod.LORA), Optional.of(checkpoint), new Recorder());

        assertThat(Checkpoint.read(checkpoint, "this run")).isPresent();
        assertThat(Checkpoint.read(checkpoint, "another run")).isEmpty();
    }

    @Test
    void twoHeadsOnOneEncoderBothLearn() throws Exception {
        Setting setting = new Setting("all-minilm-l6-v2");
        List<TokenRow> rows = new ArrayList<>(setting.rows(0));
        rows.addAll(setting.rows(1));
        var task = new Tuning.Task(
                setting.encoder,
                true,
                true,
                List.of(setting.head("first"), setting.head("second")),
                rows,
                rows,
                Map.of());

        TunedWeights tuned = tune(task, options(TuningMethod.LORA), Optional.empty(), new Recorder());

        assertThat(tuned.curve().get(tuned.curve().size() - 1).devScore()).isGreaterThan(0.9);
    }

    @Test
    void ofEquallyGoodWeightsThoseNearestToTheStartAreTaken() throws Exception {
        Setting setting = new Setting("all-minilm-l6-v2");

        TunedWeights far = setting.tune(options(TuningMethod.LORA), Optional.empty(), new Recorder());
        TunedWeights near = setting.tune(options(TuningMethod.LORA, true), Optional.empty(), new Recorder());

        assertThat(near.curve()).isEqualTo(far.curve());
        far.weights().forEach((name, values) -> {
            if (name.endsWith(".lora_B")) { // zero at the start
                double share = Objects.requireNonNull(near.weights().get(name))[0] / values[0];
                assertThat(share).as(name).isBetween(0.29, 0.86);
            }
        });
    }

    private static TuningOptions options(TuningMethod method) {
        return options(method, false);
    }

    private static TuningOptions options(TuningMethod method, boolean nearStart) {
        return new TuningOptions(
                method,
                4,
                2f,
                Set.of(LinearLayer.Kind.values()),
                1,
                false,
                6,
                1,
                4,
                64,
                method == TuningMethod.LORA ? 2e-3 : 2e-4,
                0.01,
                0.1,
                1.0,
                0.1f,
                0.0,
                8,
                100,
                Duration.ofDays(1),
                nearStart,
                3);
    }

    /** An encoder with one head, and the texts as rows. */
    private static final class Setting {
        private final BaseEncoder base;
        private final ModelProto encoder;
        private final List<long[]> ids;
        private final int hidden = 384;

        Setting(String name) throws Exception {
            base = BaseEncoders.onClassPath().named(name);
            encoder = GraphFile.read(store.find(base.graph().getSha256()).orElseThrow());
            Path tokenizerFile = store.find(base.tokenizer().getSha256()).orElseThrow();
            try (TextTokenizer tokenizer = TextTokenizer.open(tokenizerFile, 32, 1)) {
                ids = tokenizer.firstWindows(TEXTS);
            }
        }

        TuningHead head(String task) {
            return TuningHead.fresh(task, 2 * hidden, 2, 5);
        }

        GraphProto headed() {
            TuningHead head = head("mood");
            return EncoderHeads.behind(encoder, true, true, 0.1f)
                    .head("mood", head.weights(), head.bias())
                    .graph();
        }

        GraphProto graph(TuningMethod method) {
            return method == TuningMethod.LORA
                    ? LoraGraph.attach(headed(), LinearLayer.of(encoder.getGraph()), 4, 2f, 3)
                    : headed();
        }

        List<TokenRow> rows(int task) {
            List<TokenRow> rows = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                int label = task == 0 ? i % 2 : i / 4;
                rows.add(TokenRow.labelled(ids.get(i), task, 0, label, new boolean[] {true, true}, 1));
            }
            return rows;
        }

        TunedWeights tune(TuningOptions options, Optional<Path> checkpoint, TuningListener listener)
                throws IOException {
            var task = new Tuning.Task(encoder, true, true, List.of(head("mood")), rows(0), rows(0), Map.of());
            return TuningIT.tune(task, options, checkpoint, listener);
        }
    }

    /** A backend for each run: what one holds of an encoder is only freed with it. */
    private static TunedWeights tune(
            Tuning.Task task, TuningOptions options, Optional<Path> checkpoint, TuningListener listener)
            throws IOException {
        try (TensorBackend backend = DjlBackend.open(1)) {
            return new Tuning(backend, task, options, checkpoint, "this run", listener, System::nanoTime).run();
        }
    }

    private static GraphProto merged(Setting setting, TunedWeights tuned) throws Exception {
        Map<String, LoraAdapter.Pair> pairs = new HashMap<>();
        for (LinearLayer layer : tuned.adapted()) {
            float[] a = tuned.weights().get(LoraGraph.a(layer.weight()));
            float[] b = tuned.weights().get(LoraGraph.b(layer.weight()));
            assertThat(a).isNotNull();
            assertThat(b).isNotNull();
            pairs.put(layer.weight(), new LoraAdapter.Pair(layer.in(), layer.out(), a, b));
        }
        LoraAdapter adapter = new LoraAdapter(setting.base.graph().getSha256(), 4, 2f, pairs);
        ModelProto headed = setting.encoder.toBuilder()
                .setGraph(withWeights(setting.headed(), tuned.weights()))
                .build();
        return LoraMerge.merge(headed, adapter).getGraph();
    }

    private static GraphProto withWeights(GraphProto graph, Map<String, float[]> weights) {
        GraphProto.Builder changed = graph.toBuilder();
        for (int i = 0; i < changed.getInitializerCount(); i++) {
            TensorProto tensor = changed.getInitializer(i);
            float[] values = weights.get(tensor.getName());
            if (values != null) {
                long[] shape =
                        tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
                changed.setInitializer(i, Tensors.floats(tensor.getName(), values, shape));
            }
        }
        return changed.build();
    }

    private static float[] torch(GraphProto graph, Setting setting) {
        TokenRows rows = new TokenRows(setting.rows(0));
        long[] shape = {rows.size(), rows.longest()};
        try (TensorBackend backend = DjlBackend.open(1)) {
            GraphTrainer trainer = new GraphTrainer(backend, graph, name -> false, List.of("logits.mood"));
            backend.beginStep(false);
            Map<String, Tensor> inputs = Map.of(
                    "input_ids", backend.longs(rows.ids(), shape),
                    "attention_mask", backend.longs(rows.mask(), shape),
                    "token_type_ids", backend.longs(new long[rows.ids().length], shape));
            Tensor logits = trainer.run(inputs, null).get("logits.mood");
            assertThat(logits).isNotNull();
            return logits.floats();
        }
    }

    private static float[] onnxRuntime(GraphProto graph, Setting setting) throws Exception {
        TokenRows rows = new TokenRows(setting.rows(0));
        long[] shape = {rows.size(), rows.longest()};
        byte[] model = setting.encoder.toBuilder().setGraph(graph).build().toByteArray();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(rows.ids()), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(rows.mask()), shape);
                OnnxTensor types =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[rows.ids().length]), shape)) {
            Map<String, OnnxTensor> inputs =
                    new HashMap<>(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types));
            inputs.keySet().retainAll(session.getInputNames());
            try (OrtSession.Result result = session.run(inputs, Set.of("logits.mood"))) {
                float[][] logits = (float[][]) result.get(0).getValue();
                float[] flat = new float[logits.length * 2];
                for (int i = 0; i < logits.length; i++) {
                    System.arraycopy(logits[i], 0, flat, 2 * i, 2);
                }
                return flat;
            }
        }
    }

    private static void assertClose(float[] torch, float[] onnxRuntime) {
        assertThat(torch).hasSameSizeAs(onnxRuntime);
        for (int i = 0; i < torch.length; i++) {
            assertThat(Math.abs(torch[i] - onnxRuntime[i])).as("logit %d", i).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    private static final class Recorder implements TuningListener {
        private final List<CurvePoint> points = new ArrayList<>();
        private int stopAfter = Integer.MAX_VALUE;
        private int steps;

        @Override
        public void step(double done, long seen, double loss, double tokensPerSecond) {
            steps++;
        }

        @Override
        public void looked(CurvePoint point) {
            points.add(point);
        }

        @Override
        public boolean stopped() {
            return steps >= stopAfter;
        }
    }
}
