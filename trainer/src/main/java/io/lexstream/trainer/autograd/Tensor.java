package io.lexstream.trainer.autograd;

/** A tensor of a {@link TensorBackend}. It lives until its step ends, a parameter until the backend is closed. */
public non-sealed interface Tensor extends Value {
    /** The values in row-major order; only of float tensors. */
    float[] floats();
}
