package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;

/** What a graph must be before native code sees it: it has nodes, stays inside its file, holds what it claims. */
final class GraphCheck {
    private GraphCheck() {}

    static void check(ModelProto model) throws GraphException {
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new GraphException("it has no graph");
        }
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            check(tensor);
        }
    }

    private static void check(TensorProto tensor) throws GraphException {
        String what = "tensor " + tensor.getName();
        if (tensor.getExternalDataCount() > 0) {
            throw new GraphException(what + " keeps its data in another file");
        }
        long elements = 1;
        for (long dimension : tensor.getDimsList()) {
            if (dimension < 0 || (dimension > 0 && elements > Integer.MAX_VALUE / dimension)) {
                throw new GraphException(what + " claims the dimensions " + tensor.getDimsList());
            }
            elements *= dimension;
        }
        boolean isFloat = tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber();
        if (isFloat && tensor.hasRawData() && tensor.getRawData().size() != elements * Float.BYTES) {
            throw new GraphException(what + " claims " + elements + " floats and holds "
                    + tensor.getRawData().size() + " bytes");
        }
        if (isFloat && !tensor.hasRawData() && tensor.getFloatDataCount() != elements) {
            throw new GraphException(what + " claims " + elements + " floats and holds " + tensor.getFloatDataCount());
        }
    }
}
