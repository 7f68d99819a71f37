package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.inference.TextTokenizer;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.BaseStates;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.GraphJoin;
import io.lexstream.onnx.LinearLayer;
import io.lexstream.onnx.LoraAdapter;
import io.lexstream.onnx.LoraGraph;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.onnx.Tensors;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import io.lexstream.trainer.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A pretrained encoder, frozen or with low-rank matrices, that the decoder is trained behind. */
final class TakenEncoder implements SourceEncoder {
    private static final String TOKEN_TYPES = "token_type_ids";

    private final Pretrained pretrained;
    private final Path tokenizerFile;
    private final TextTokenizer tokenizer;
    private final ModelProto graph;
    private final BaseStates states;
    private final List<LinearLayer> adapted;
    private final FrozenStates frozen;
    private final int threads;
    private final Progress progress;

    private TakenEncoder(
            Pretrained pretrained,
            Path tokenizerFile,
            TextTokenizer tokenizer,
            ModelProto graph,
            BaseStates states,
            FrozenStates frozen,
            int threads,
            Progress progress) {
        this.pretrained = pretrained;
        this.tokenizerFile = tokenizerFile;
        this.tokenizer = tokenizer;
        this.graph = graph;
        this.states = states;
        this.frozen = frozen;
        this.threads = threads;
        this.progress = progress;
        this.adapted = LinearLayer.of(GraphJoin.cut(graph, states).getGraph());
    }

    /**
     * @param store has the encoder's files
     * @param longest tokens after which a source is cut, the special ones at its end kept
     * @param folder where a frozen encoder's states are kept
     */
    static TakenEncoder open(
            Pretrained pretrained, ContentStore store, int longest, Path folder, int threads, Progress progress)
            throws IOException, ModelRejectedException {
        Path tokenizerFile = content(pretrained.encoder().tokenizer(), store);
        ModelFile graphFile = pretrained.encoder().graph();
        ModelProto graph;
        BaseStates states;
        try {
            graph = GraphFile.read(content(graphFile, store));
            states = BaseStates.after(pretrained.blocks(), graph);
        } catch (GraphException e) {
            throw new ModelRejectedException("the encoder cannot be taken over: " + e.getMessage(), e);
        }
        String name = "states-%s-%d.bin".formatted(graphFile.getSha256().substring(0, 12), pretrained.blocks());
        FrozenStates frozen = FrozenStates.open(states, folder.resolve(name));
        try {
            TextTokenizer tokenizer = TextTokenizer.open(tokenizerFile, longest, 1);
            return new TakenEncoder(pretrained, tokenizerFile, tokenizer, graph, states, frozen, threads, progress);
        } catch (ModelRejectedException | RuntimeException e) {
            frozen.close();
            throw e;
        }
    }

    private static Path content(ModelFile file, ContentStore store) throws IOException {
        return store.find(file.getSha256())
                .orElseThrow(() ->
                        new DataException("the base encoder's file " + file.getPath() + " is not on the class path"));
    }

    @Override
    public List<int[]> encode(List<String> sources) {
        return sources.isEmpty()
                ? List.of()
                : tokenizer.firstWindows(sources).stream()
                        .map(ids ->
                                Arrays.stream(ids).mapToInt(Math::toIntExact).toArray())
                        .toList();
    }

    @Override
    public Seq2SeqWeights fresh(Vocabulary vocabulary, long seed) throws IOException {
        Map<String, TensorProto> tensors = new HashMap<>();
        graph.getGraph().getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getGraph().getNodeList()) {
            TensorProto table = tensors.get(node.getInputCount() == 0 ? "" : node.getInput(0));
            if (node.getOpType().equals("Gather")
                    && node.getInput(1).equals(Seq2SeqBuilder.INPUT_IDS)
                    && table != null
                    && table.getDimsCount() == 2) {
                return WordVectors.of(tokenizerFile, Tensors.floats(table), (int) table.getDims(1))
                        .start(vocabulary, seed);
            }
        }
        return Seq2SeqWeights.fresh(seed);
    }

    @Override
    public Seq2SeqBuilder builder(Seq2SeqShape shape, Seq2SeqWeights weights) {
        return new Seq2SeqBuilder(shape, weights, Optional.of(states));
    }

    @Override
    public TrainedGraph trained(Seq2SeqBuilder builder, List<WeightedPairs> pairs)
            throws IOException, ModelRejectedException {
        ModelProto decoder = builder.training();
        if (pretrained.lora().isEmpty()) {
            List<int[]> sources = pairs.stream()
                    .flatMap(file -> file.pairs().stream())
                    .map(TokenPair::source)
                    .toList();
            frozen.read(graph, sources, threads, progress);
            return TrainedGraph.ours(decoder, Seq2SeqBuilder::isTrained, frozen);
        }
        Set<String> trained = new HashSet<>();
        decoder.getGraph().getInitializerList().stream()
                .map(TensorProto::getName)
                .filter(Seq2SeqBuilder::isTrained)
                .forEach(trained::add);
        adapted.forEach(layer -> trained.addAll(List.of(LoraGraph.a(layer.weight()), LoraGraph.b(layer.weight()))));
        Pretrained.Lora lora = pretrained.lora().get();
        GraphProto changed = LoraGraph.attach(graph.getGraph(), adapted, lora.rank(), lora.scale(), lora.seed());
        try {
            ModelProto whole =
                    GraphJoin.join(graph.toBuilder().setGraph(changed).build(), decoder);
            return TrainedGraph.ours(whole, trained::contains, TakenEncoder::ids);
        } catch (GraphException e) {
            throw new ModelRejectedException("nothing can be trained behind the encoder: " + e.getMessage(), e);
        }
    }

    private static void ids(PairBatch batch, TensorBackend backend, Map<String, Tensor> inputs) {
        TrainedGraph.ids(batch, backend, inputs);
        int longest = batch.longestSource();
        inputs.put(TOKEN_TYPES, backend.longs(new long[batch.rows() * longest], batch.rows(), longest));
    }

    @Override
    public void addTo(PackageWriter writer, byte[] vocabulary, Map<String, float[]> weights) {
        writer.refer(pretrained.encoder().graph())
                .refer(pretrained.encoder().tokenizer())
                .add(FileRole.TARGET_TOKENIZER, "target_tokenizer.json", vocabulary);
        if (pretrained.lora().isPresent()) {
            writer.add(
                    FileRole.ADAPTER,
                    "adapter.safetensors",
                    adapter(pretrained.lora().get(), weights).toSafetensors());
        }
    }

    private LoraAdapter adapter(Pretrained.Lora lora, Map<String, float[]> weights) {
        Map<String, LoraAdapter.Pair> pairs = new TreeMap<>();
        for (LinearLayer layer : adapted) {
            pairs.put(
                    layer.weight(),
                    new LoraAdapter.Pair(
                            layer.in(),
                            layer.out(),
                            weight(weights, LoraGraph.a(layer.weight())),
                            weight(weights, LoraGraph.b(layer.weight()))));
        }
        return new LoraAdapter(pretrained.encoder().graph().getSha256(), lora.rank(), lora.scale(), pairs);
    }

    private static float[] weight(Map<String, float[]> weights, String name) {
        float[] values = weights.get(name);
        if (values == null) {
            throw new IllegalStateException(name + " was not trained");
        }
        return values;
    }

    @Override
    public String identity() {
        return pretrained.encoder().graph().getSha256() + pretrained;
    }

    @Override
    public void close() throws IOException {
        tokenizer.close();
        frozen.close();
    }
}
