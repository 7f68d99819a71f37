package io.lexstream.trainer;

/** A differentiable function to be minimised. */
interface Objective {
    int parameters();

    /** The value at {@code point}; writes the gradient there into {@code gradient}. */
    double evaluate(double[] point, double[] gradient);
}
