package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.BaseStates;
import io.lexstream.onnx.GraphJoin;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxGraph;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a frozen encoder makes of all sources of a training: read once, then fed in every epoch from disk. */
final class FrozenStates implements SourceFeed, AutoCloseable {
    /** On a CPU padding costs more than batching gains. */
    private static final int BATCH_TOKENS = 1024;

    private final BaseStates states;
    private final StateCache cache;

    private FrozenStates(BaseStates states, StateCache cache) {
        this.states = states;
        this.cache = cache;
    }

    /** @param file where they are kept, of this encoder and these states only */
    static FrozenStates open(BaseStates states, Path file) throws IOException {
        return new FrozenStates(states, StateCache.open(file, states.width()));
    }

    /** Reads those sources that have not been read; a killed run goes on where it was. */
    void read(ModelProto encoder, List<int[]> sources, int threads, Progress progress)
            throws IOException, ModelRejectedException {
        List<int[]> open = new ArrayList<>(
                sources.stream().filter(source -> !cache.contains(source)).toList());
        if (open.isEmpty()) {
            return;
        }
        open.sort(Comparator.comparingInt(source -> source.length));
        progress.start();
        try (OnnxGraph graph = graph(encoder, threads)) {
            int from = 0;
            while (from < open.size()) {
                int to = from + 1;
                while (to < open.size() && (to + 1 - from) * open.get(to).length <= BATCH_TOKENS) {
                    to++;
                }
                read(graph, open.subList(from, to));
                from = to;
                progress.at(
                        from / (double) open.size(),
                        "the encoder has read %,d of %,d sources".formatted(from, open.size()));
            }
        } catch (OrtException e) {
            throw new InferenceException("reading " + open.size() + " sources", e);
        }
    }

    private OnnxGraph graph(ModelProto encoder, int threads) throws ModelRejectedException {
        byte[] bytes = GraphJoin.ofOneTokenType(GraphJoin.cut(encoder, states)).toByteArray();
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder());
        direct.put(bytes).flip();
        return OnnxGraph.open(direct, threads);
    }

    private void read(OnnxGraph graph, List<int[]> sources) throws OrtException, IOException {
        int rows = sources.size();
        int longest = sources.get(rows - 1).length;
        long[] ids = new long[rows * longest];
        long[] mask = new long[rows * longest];
        for (int row = 0; row < rows; row++) {
            int[] source = sources.get(row);
            for (int i = 0; i < source.length; i++) {
                ids[row * longest + i] = source[i];
                mask[row * longest + i] = 1;
            }
        }
        long[] shape = {rows, longest};
        try (OnnxTensor idTensor = OnnxTensor.createTensor(OnnxGraph.environment(), LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(OnnxGraph.environment(), LongBuffer.wrap(mask), shape);
                OrtSession.Result result = graph.run(
                        Map.of(Seq2SeqBuilder.INPUT_IDS, idTensor, Seq2SeqBuilder.ATTENTION_MASK, maskTensor),
                        Set.of(states.value()))) {
            FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            for (int row = 0; row < rows; row++) {
                cache.add(sources.get(row), values, row * longest * states.width());
            }
        }
    }

    /** The states [rows, longest source, width] by the encoder's own name for them, and the mask. */
    @Override
    public void add(PairBatch batch, TensorBackend backend, Map<String, Tensor> inputs) {
        int longest = batch.longestSource();
        float[] values = new float[batch.rows() * longest * states.width()]; // padding is 0
        try {
            for (int row = 0; row < batch.rows(); row++) {
                cache.read(batch.pairs().get(row).source(), values, row * longest * states.width());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the encoder's states", e);
        }
        inputs.put(states.value(), backend.floats(values, batch.rows(), longest, states.width()));
        TrainedGraph.mask(batch, backend, inputs);
    }

    @Override
    public void close() throws IOException {
        cache.close();
    }
}
