package io.lexstream.generation;

import ai.onnxruntime.OnnxTensor;

/**
 * Logits of each row's next token: the last ones of a tensor [rows, tokens, vocabulary]. Of one step, used by one
 * thread.
 */
final class Logits {
    private final float[] values;
    private final int tokens;
    private final int vocabulary;
    private final float[] row;

    private Logits(float[] values, int tokens, int vocabulary) {
        this.values = values;
        this.tokens = tokens;
        this.vocabulary = vocabulary;
        this.row = new float[vocabulary];
    }

    static Logits of(OnnxTensor tensor) {
        long[] shape = tensor.getInfo().getShape();
        return new Logits(tensor.getFloatBuffer().array(), (int) shape[1], (int) shape[2]);
    }

    /**
     * One row's, [vocabulary]: the caller's to change, until it asks for the next one, which comes in the same array.
     */
    float[] row(int index) {
        int last = (index + 1) * tokens - 1;
        System.arraycopy(values, last * vocabulary, row, 0, vocabulary);
        return row;
    }
}
