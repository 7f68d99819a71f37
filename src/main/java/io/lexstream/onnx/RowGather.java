package io.lexstream.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Collection;

/**
 * A graph that picks rows of many float tensors at once: {@code rows} [kept] and each tensor {@code x} to
 * {@code x/kept}.
 */
public final class RowGather {
    /** Name of the input that lists the rows. */
    public static final String ROWS = "rows";

    private static final int OPSET = 13;
    private static final int IR_VERSION = 8;

    private RowGather() {}

    /** @param tensors names of float tensors of any rank, whose first dimension is the row */
    public static ModelProto of(Collection<String> tensors) {
        GraphProto.Builder graph =
                GraphProto.newBuilder().setName("row-gather").addInput(info(ROWS, TensorProto.DataType.INT64));
        for (String tensor : tensors) {
            graph.addInput(info(tensor, TensorProto.DataType.FLOAT))
                    .addOutput(info(kept(tensor), TensorProto.DataType.FLOAT))
                    .addNode(Nodes.node("Gather", kept(tensor), tensor, ROWS).toBuilder()
                            .addAttribute(Nodes.attribute("axis", 0)));
        }
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("lexstream")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build();
    }

    /** Name of the output that has the picked rows of {@code tensor}. */
    public static String kept(String tensor) {
        return tensor + "/kept";
    }

    private static ValueInfoProto info(String name, TensorProto.DataType type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber())))
                .build();
    }
}
