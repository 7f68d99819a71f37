package io.lexstream.trainer.autograd;

/** What flows through a graph: a tensor of the backend, or whole numbers that the host computes with (shapes). */
public sealed interface Value permits Tensor, HostTensor {
    /** Sizes of the dimensions; empty = a scalar. */
    long[] shape();
}
