package io.lexstream.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.GraphRecipe;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxSession;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph that reads token ids: {@code input_ids}, and if it wants them {@code attention_mask}, {@code token_type_ids}.
 */
final class TokenGraph implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES);

    private final OnnxSession session;

    private TokenGraph(OnnxSession session) {
        this.session = session;
    }

    static TokenGraph open(GraphRecipe graph, int outputRank, int intraOpThreads) throws ModelRejectedException {
        OnnxSession session = graph.open(outputRank, intraOpThreads);
        if (!session.inputs().contains(IDS) || !KNOWN.containsAll(session.inputs())) {
            Set<String> inputs = session.inputs();
            session.close();
            throw new ModelRejectedException("the graph's inputs are " + inputs + ", expected " + IDS + " and of "
                    + MASK + ", " + TYPES + " what it needs");
        }
        return new TokenGraph(session);
    }

    /** Size of the output's last dimension; -1 = the graph does not say. */
    int width() {
        long[] shape = session.outputShape();
        return (int) shape[shape.length - 1];
    }

    /** Runs {@code rows} of ids, padded to the longest: output [rows, ...]. */
    OnnxSession.Output run(List<long[]> rows) {
        int longest = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        long[] shape = {rows.size(), longest};
        long[] ids = new long[rows.size() * longest];
        long[] mask = new long[ids.length];
        for (int row = 0; row < rows.size(); row++) {
            long[] tokens = rows.get(row);
            System.arraycopy(tokens, 0, ids, row * longest, tokens.length);
            Arrays.fill(mask, row * longest, row * longest + tokens.length, 1);
        }
        List<OnnxTensor> tensors = new ArrayList<>();
        try {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            for (String name : session.inputs()) {
                long[] values = name.equals(IDS) ? ids : name.equals(MASK) ? mask : new long[ids.length];
                OnnxTensor tensor = OnnxTensor.createTensor(OnnxSession.environment(), LongBuffer.wrap(values), shape);
                tensors.add(tensor);
                inputs.put(name, tensor);
            }
            return session.run(inputs);
        } catch (OrtException e) {
            throw new InferenceException("batch of " + rows.size() + " x " + longest + " tokens", e);
        } finally {
            tensors.forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
