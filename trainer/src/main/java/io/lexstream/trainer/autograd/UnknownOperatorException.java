package io.lexstream.trainer.autograd;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** A graph has an operator or a type that the trainer cannot run. The message names it and its place. */
public final class UnknownOperatorException extends RuntimeException {
    /** @param type ONNX's number of it */
    UnknownOperatorException(int type, String initialiser) {
        super("the trainer does not know the type " + name(type) + " of the initialiser " + initialiser);
    }

    UnknownOperatorException(GraphNode node, String what) {
        super("the trainer does not know " + what + " " + node.op() + " (node " + node.name() + ", inputs "
                + node.inputs() + ")");
    }

    private static String name(int type) {
        DataType known = DataType.forNumber(type);
        return known == null ? String.valueOf(type) : known.name();
    }
}
