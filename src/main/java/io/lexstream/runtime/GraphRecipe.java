package io.lexstream.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedOutputStream;
import com.sun.jna.Memory;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.GraphJoin;
import io.lexstream.onnx.Int8Graph;
import io.lexstream.onnx.LoraAdapter;
import io.lexstream.onnx.LoraMerge;
import io.lexstream.onnx.PackedWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A graph file, and what is done to it when it is loaded.
 *
 * @param adapter low-rank changes that are merged into it first
 * @param behind a graph that reads what this one makes, and goes behind it
 * @param int8 whether its large weights are turned into int8 then
 */
public record GraphRecipe(Path file, Optional<Adapter> adapter, Optional<Path> behind, boolean int8) {

    /** @param baseSha256 digest of the graph file, which the adapter must be made for */
    public record Adapter(Path file, String baseSha256) {}

    /** With nothing behind it. */
    public GraphRecipe(Path file, Optional<Adapter> adapter, boolean int8) {
        this(file, adapter, Optional.empty(), int8);
    }

    /** The graph just as it is in its file. */
    public static GraphRecipe asIs(Path file) {
        return new GraphRecipe(file, Optional.empty(), false);
    }

    /** Loads the graph; its float output has {@code outputRank} dimensions. */
    public OnnxSession open(int outputRank, int intraOpThreads) throws ModelRejectedException {
        return OnnxSession.of(open(intraOpThreads), outputRank);
    }

    /** Loads the graph, for whoever wants more than one of its outputs. */
    public OnnxGraph open(int intraOpThreads) throws ModelRejectedException {
        if (adapter.isEmpty() && behind.isEmpty() && !int8) {
            return OnnxGraph.open(file, intraOpThreads);
        }
        try (Memory content = cook()) {
            return OnnxGraph.open(content.getByteBuffer(0, content.size()), intraOpThreads);
        }
    }

    /**
     * The edited graph's bytes. They lie outside the heap, and are freed when closed: a buffer of Java's own would stay
     * until some garbage collection, and an array would be copied once more on its way to native code.
     */
    private Memory cook() throws ModelRejectedException {
        try {
            ModelProto graph = PackedWeights.unpack(GraphFile.read(file));
            if (adapter.isPresent()) {
                graph = LoraMerge.merge(graph, adapter(adapter.get()));
            }
            if (behind.isPresent()) {
                ModelProto second = PackedWeights.unpack(GraphFile.read(behind.get()));
                graph = GraphJoin.ofOneTokenType(GraphJoin.join(graph, second));
            }
            if (int8) {
                graph = Int8Graph.quantise(graph);
            }
            return written(graph);
        } catch (GraphException e) {
            throw new ModelRejectedException("the graph is refused: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelRejectedException("the graph cannot be read: " + e.getMessage(), e);
        }
    }

    private static LoraAdapter adapter(Adapter adapter) throws IOException, GraphException {
        LoraAdapter read = LoraAdapter.read(adapter.file());
        if (!read.baseSha256().equals(adapter.baseSha256())) {
            throw new GraphException("the adapter is made for the base " + read.baseSha256()
                    + ", the package's graph is " + adapter.baseSha256());
        }
        return read;
    }

    private static Memory written(ModelProto graph) throws IOException {
        Memory content = new Memory(graph.getSerializedSize());
        try {
            ByteBuffer buffer = content.getByteBuffer(0, content.size());
            CodedOutputStream out = CodedOutputStream.newInstance(buffer);
            graph.writeTo(out);
            out.flush();
            return content;
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }
}
