package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;

/** Logits of each row's next token: the last ones of a tensor [rows, tokens, vocabulary]. */
final class Logits {
    private final float[] values;
    private final int tokens;
    private final int vocabulary;

    private Logits(float[] values, int tokens, int vocabulary) {
        this.values = values;
        this.tokens = tokens;
        this.vocabulary = vocabulary;
    }

    static Logits of(OnnxTensor tensor) {
        long[] shape = tensor.getInfo().getShape();
        return new Logits(tensor.getFloatBuffer().array(), (int) shape[1], (int) shape[2]);
    }

    /** A copy of one row's, [vocabulary]. */
    float[] row(int row) {
        float[] copy = new float[vocabulary];
        int last = (row + 1) * tokens - 1;
        System.arraycopy(values, last * vocabulary, copy, 0, vocabulary);
        return copy;
    }
}
