package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;

/** Classification heads as ONNX graphs: {@code features} [rows, dimensions] to {@code logits} [rows, labels]. */
public final class HeadGraph {
    /** Opset and IR version that every ONNX Runtime since 1.10 reads. */
    private static final int OPSET = 13;

    private static final int IR_VERSION = 8;

    private HeadGraph() {}

    /**
     * One linear layer: {@code logits = features * weights + bias}, as a Gemm.
     *
     * @param weights [dimensions][labels]
     * @param bias [labels]
     * @return the ONNX file's content
     */
    public static byte[] linear(float[][] weights, float[] bias) {
        int dimensions = weights.length;
        int labels = bias.length;
        GraphProto graph = GraphProto.newBuilder()
                .setName("head")
                .addInput(Tensors.floatInfo("features", "rows", dimensions))
                .addOutput(Tensors.floatInfo("logits", "rows", labels))
                .addInitializer(Tensors.floats("head.weight", Tensors.flat(weights, labels), dimensions, labels))
                .addInitializer(Tensors.floats("head.bias", bias, labels))
                .addNode(Nodes.node("Gemm", "logits", "features", "head.weight", "head.bias").toBuilder()
                        .addAttribute(Nodes.attribute("alpha", 1f)))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("lexstream")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
