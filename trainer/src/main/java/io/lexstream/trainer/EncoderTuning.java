package io.lexstream.trainer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.inference.Pooling;
import io.lexstream.inference.TextTokenizer;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.EncoderHeads;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.LinearLayer;
import io.lexstream.onnx.LoraAdapter;
import io.lexstream.onnx.LoraGraph;
import io.lexstream.onnx.Tensors;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.autograd.TensorBackend;
import io.lexstream.trainer.tuning.TokenRow;
import io.lexstream.trainer.tuning.TunedWeights;
import io.lexstream.trainer.tuning.Tuning;
import io.lexstream.trainer.tuning.TuningHead;
import io.lexstream.trainer.tuning.TuningListener;
import io.lexstream.trainer.tuning.TuningMethod;
import io.lexstream.trainer.tuning.TuningOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fine-tunes one encoder with the heads of one or several tasks, from labelled texts to files that can be served. */
final class EncoderTuning {
    /** Enough to tell which weights are best; the rest is measured once, at the end. */
    private static final int DEV_ROWS_OF_A_FILE = 200;

    private final Source source;
    private final TuningOptions options;
    private final int threads;
    private final Progress progress;

    /**
     * What is tuned.
     *
     * @param graph the base encoder
     * @param graphSha256 digest of its file
     * @param trainTokens tokens that are read of a text while training
     */
    record Source(Path graph, String graphSha256, Path tokenizer, Pooling pooling, int trainTokens) {}

    /**
     * The rows of one task.
     *
     * @param labels in the order of the logits
     * @param start the head to go on from; empty = a fresh one
     */
    record TaskRows(
            String task,
            List<String> labels,
            List<WeightedTexts> train,
            List<LabeledTexts> dev,
            Optional<LinearHead> start) {}

    EncoderTuning(Source source, TuningOptions options, int threads, Progress progress) {
        this.source = source;
        this.options = options;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * @param adapter matrices to go on from
     * @param checkpoint where a killed run goes on
     * @param listener hears of it, too
     */
    TunedEncoder run(
            List<TaskRows> tasks, Optional<LoraAdapter> adapter, Optional<Path> checkpoint, TuningListener listener)
            throws IOException, ModelRejectedException {
        ModelProto base = read(source.graph());
        List<TokenRow> train = new ArrayList<>();
        List<TokenRow> dev = new ArrayList<>();
        List<TuningHead> heads = new ArrayList<>();
        int dimensions = dimensions(base);
        try (TextTokenizer tokenizer = TextTokenizer.open(source.tokenizer(), source.trainTokens(), 1)) {
            TuningRows rows = new TuningRows(tokenizer);
            for (TaskRows task : tasks) {
                int index = heads.size();
                train.addAll(rows.of(index, task.train, task.labels));
                dev.addAll(rows.of(index, sampled(task.dev), task.labels));
                heads.add(task.start
                        .map(head -> new TuningHead(task.task, head.weights(), head.bias()))
                        .orElseGet(() ->
                                TuningHead.fresh(task.task, dimensions, task.labels.size(), options.seed() + index)));
            }
        }
        boolean cls = source.pooling() != Pooling.MEAN;
        boolean mean = source.pooling() != Pooling.CLS;
        var task = new Tuning.Task(base, cls, mean, heads, train, dev, start(adapter));
        try (TensorBackend backend = DjlBackend.open(threads)) {
            Tuning tuning = new Tuning(
                    backend, task, options, checkpoint, fingerprint(tasks, adapter), listener, System::nanoTime);
            progress.say("%s: %,d weights trained, %,d rows, %,d development rows"
                    .formatted(options.method(), tuning.parameters(), train.size(), dev.size()));
            progress.start();
            return tuned(tuning.run(), tuning.parameters(), base, tasks);
        }
    }

    private List<WeightedTexts> sampled(List<LabeledTexts> files) {
        return files.stream()
                .map(file -> WeightedTexts.equal(file.sample(DEV_ROWS_OF_A_FILE, options.seed())))
                .toList();
    }

    private static Map<String, float[]> start(Optional<LoraAdapter> adapter) {
        Map<String, float[]> start = new LinkedHashMap<>();
        adapter.ifPresent(from -> from.pairs().forEach((weight, pair) -> {
            start.put(LoraGraph.a(weight), pair.a());
            start.put(LoraGraph.b(weight), pair.b());
        }));
        return start;
    }

    private TunedEncoder tuned(TunedWeights tuned, long parameters, ModelProto base, List<TaskRows> tasks) {
        Map<String, LinearHead> heads = new LinkedHashMap<>();
        tasks.forEach(task -> heads.put(task.task, head(task, tuned.weights())));
        boolean lora = options.method() == TuningMethod.LORA;
        return new TunedEncoder(
                lora ? adapter(tuned).toSafetensors() : new byte[0],
                lora ? new byte[0] : replaced(base, tuned.weights()).toByteArray(),
                heads,
                tuned.curve(),
                parameters,
                tuned.seen(),
                tuned.updates());
    }

    private LoraAdapter adapter(TunedWeights tuned) {
        Map<String, LoraAdapter.Pair> pairs = new TreeMap<>();
        for (LinearLayer layer : tuned.adapted()) {
            pairs.put(
                    layer.weight(),
                    new LoraAdapter.Pair(
                            layer.in(),
                            layer.out(),
                            weight(tuned.weights(), LoraGraph.a(layer.weight())),
                            weight(tuned.weights(), LoraGraph.b(layer.weight()))));
        }
        return new LoraAdapter(source.graphSha256(), options.rank(), options.scale(), pairs);
    }

    private static LinearHead head(TaskRows task, Map<String, float[]> weights) {
        float[] flat = weight(weights, EncoderHeads.weight(task.task));
        int labels = task.labels.size();
        return new LinearHead(task.labels, Tensors.rows(flat, labels), weight(weights, EncoderHeads.bias(task.task)));
    }

    /** The base with trained values in its initialisers. */
    private static ModelProto replaced(ModelProto base, Map<String, float[]> weights) {
        ModelProto.Builder model = base.toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto tensor = graph.getInitializer(i);
            float[] trained = weights.get(tensor.getName());
            if (trained != null) {
                long[] shape =
                        tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
                graph.setInitializer(i, Tensors.floats(tensor.getName(), trained, shape));
            }
        }
        return model.build();
    }

    private static float[] weight(Map<String, float[]> weights, String name) {
        float[] values = weights.get(name);
        if (values == null) {
            throw new IllegalStateException(name + " was not trained");
        }
        return values;
    }

    private int dimensions(ModelProto base) throws ModelRejectedException {
        String states = EncoderHeads.states(base.getGraph());
        int hidden = base.getGraph().getOutputList().stream()
                .filter(output -> output.getName().equals(states))
                .mapToInt(output -> (int)
                        output.getType().getTensorType().getShape().getDim(2).getDimValue())
                .findFirst()
                .orElse(0);
        if (hidden < 1) {
            throw new ModelRejectedException("the encoder does not say how wide its states are");
        }
        return source.pooling() == Pooling.CLS_MEAN ? 2 * hidden : hidden;
    }

    private static ModelProto read(Path graph) throws IOException, ModelRejectedException {
        try {
            return GraphFile.read(graph);
        } catch (GraphException e) {
            throw new ModelRejectedException("the graph is refused: " + e.getMessage(), e);
        }
    }

    /** All that decides what comes out; a checkpoint of something else must not be taken. */
    private String fingerprint(List<TaskRows> tasks, Optional<LoraAdapter> adapter) {
        StringBuilder all = new StringBuilder(source.graphSha256())
                .append(source.pooling())
                .append(source.trainTokens())
                .append(options);
        adapter.ifPresent(
                from -> all.append(HexFormat.of().formatHex(Sha256.start().digest(from.toSafetensors()))));
        for (TaskRows task : tasks) {
            all.append(task.task).append(task.labels);
            task.start.ifPresent(
                    head -> all.append(Arrays.deepToString(head.weights())).append(Arrays.toString(head.bias())));
            for (WeightedTexts file : task.train) {
                StringBuilder rows = new StringBuilder(file.weights().toString()).append(file.scores());
                file.texts().rows().forEach(row -> rows.append(row.label()).append(TextPlace.name(row.text())));
                all.append(TextPlace.name(rows.toString()));
            }
        }
        return TextPlace.name(all.toString());
    }
}
