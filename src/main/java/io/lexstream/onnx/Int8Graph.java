package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;

/**
 * A graph with its large weights in int8: MatMuls compute in int8, embedding tables are stored in it; so are those in
 * the branches of an If. Deterministic.
 *
 * <p>Every row of a MatMul's input, that is every token, gets a scale of its own. So a text's result does not depend on
 * the texts that share its batch. See docs/decisions/005-int8-scheme.md.
 */
public final class Int8Graph {
    /** Slice by inputs and broadcasting Max came with it. */
    private static final long OLDEST_OPSET = 11;

    private static final String MICROSOFT = "com.microsoft";

    private Int8Graph() {}

    /**
     * The int8 form of {@code model}; small weights, biases and all other operators stay as they are.
     *
     * @throws GraphException if the graph's opset is too old, or a weight holds a value that is no number
     */
    public static ModelProto quantise(ModelProto model) throws GraphException {
        long opset = Nodes.opset(model);
        if (opset < OLDEST_OPSET) {
            throw new GraphException(
                    "int8 needs a graph of opset " + OLDEST_OPSET + " or later, this one has " + opset);
        }
        ModelProto.Builder quantised = model.toBuilder().setGraph(Int8Scope.quantise(model.getGraph(), opset));
        if (model.getOpsetImportList().stream()
                .noneMatch(opsets -> opsets.getDomain().equals(MICROSOFT))) {
            quantised.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1));
        }
        return quantised.build();
    }
}
