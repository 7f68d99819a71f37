package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Graphs of a few nodes from {@code features} to {@code logits}, and ONNX Runtime to run them. */
final class SmallGraphs {
    private SmallGraphs() {}

    /** {@code logits = features W + bias}, as a MatMul and an Add. */
    static ModelProto linear(float[] weight, int in, int out, float[] bias) {
        return model(GraphProto.newBuilder()
                .addInitializer(Tensors.floats("w", weight, in, out))
                .addInitializer(Tensors.floats("bias", bias, out))
                .addNode(node("MatMul", "y", "features", "w"))
                .addNode(node("Add", "logits", "y", "bias"))
                .addInput(Tensors.floatInfo("features", "rows", in))
                .addOutput(Tensors.floatInfo("logits", "rows", out)));
    }

    static ModelProto model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph.setName("small"))
                .build();
    }

    static NodeProto node(String type, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName("n_" + output)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    /** The logits of {@code rows} rows of features. */
    static float[] run(ModelProto model, float[] features, int rows) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {rows, features.length / rows};
        try (var options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(model.toByteArray(), options);
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(features), shape);
                OrtSession.Result result = session.run(Map.of("features", input))) {
            FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[logits.remaining()];
            logits.get(values);
            return values;
        }
    }

    static float[] random(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
