package io.lexstream.summary;

import java.util.List;

/** Arithmetic of embeddings. All vectors of one call have one length. */
final class Vectors {
    private Vectors() {}

    /** The vector at length 1; of zeros, or of numbers that are none, zeros. */
    static float[] normal(float[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        float[] normal = new float[vector.length];
        if (length > 0 && Double.isFinite(length)) {
            for (int i = 0; i < vector.length; i++) {
                normal[i] = (float) (vector[i] / length);
            }
        }
        return normal;
    }

    static List<float[]> normal(List<float[]> vectors) {
        return vectors.stream().map(Vectors::normal).toList();
    }

    /** Of vectors of length 1 the cosine. */
    static double dot(float[] a, float[] b) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < a.length; i += 2) {
            even += (double) a[i] * b[i];
            odd += (double) a[i + 1] * b[i + 1];
        }
        return i < a.length ? even + odd + (double) a[i] * b[i] : even + odd;
    }

    static float[] mean(List<float[]> vectors) {
        float[] mean = new float[vectors.get(0).length];
        for (float[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / vectors.size();
            }
        }
        return mean;
    }

    static float[] minus(float[] a, float[] b) {
        float[] difference = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }
}
