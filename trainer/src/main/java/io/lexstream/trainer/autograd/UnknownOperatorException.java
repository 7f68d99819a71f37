package io.lexstream.trainer.autograd;

/** A graph has an operator that the trainer cannot run. The message names operator and node. */
public final class UnknownOperatorException extends RuntimeException {
    UnknownOperatorException(GraphNode node, String what) {
        super("the trainer does not know " + what + " " + node.op() + " (node " + node.name() + ", inputs "
                + node.inputs() + ")");
    }
}
