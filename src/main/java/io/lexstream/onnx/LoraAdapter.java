package io.lexstream.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Low-rank changes to the weights of one base graph: {@code W + scale A B} for each weight that has a pair.
 *
 * @param baseSha256 digest of the base graph's file; the weights' names mean nothing in any other
 * @param rank columns of every A, rows of every B
 * @param scale factor of the product
 * @param pairs by the name of the weight's initialiser
 */
public record LoraAdapter(String baseSha256, int rank, float scale, Map<String, Pair> pairs) {
    private static final String FORMAT = "lexstream-lora-1";
    private static final String A = ".lora_A";
    private static final String B = ".lora_B";

    /** A tensor's magnitude beyond this does not survive fp16. */
    private static final float MAX_HALF = 65_504;

    public LoraAdapter {
        if (!baseSha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("the base's sha256 must be 64 lower-case hex digits");
        }
        if (rank < 1) {
            throw new IllegalArgumentException("rank must be >= 1, got " + rank);
        }
        if (!Float.isFinite(scale)) {
            throw new IllegalArgumentException("scale is " + scale);
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("no weight has a pair");
        }
        for (var pair : pairs.entrySet()) {
            if (pair.getValue().rank() != rank) {
                throw new IllegalArgumentException("the pair of " + pair.getKey() + " has rank "
                        + pair.getValue().rank() + ", not " + rank);
            }
        }
        pairs = Collections.unmodifiableMap(new TreeMap<>(pairs)); // sorted: the file's bytes follow from the content
    }

    /** The adapter as a safetensors file with fp16 values; equal adapters give equal bytes. */
    public byte[] toSafetensors() {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        pairs.forEach((weight, pair) -> {
            tensors.put(weight + A, new Safetensors.Tensor(pair.in, rank, pair.a));
            tensors.put(weight + B, new Safetensors.Tensor(rank, pair.out, pair.b));
        });
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put("format", FORMAT);
        metadata.put("base.sha256", baseSha256);
        metadata.put("rank", Integer.toString(rank));
        metadata.put("scale", Float.toString(scale));
        return new Safetensors(metadata, tensors).toBytes();
    }

    /**
     * The matrices between these and the others of an adapter that was trained from the same start: only then do their
     * columns mean the same, and something good lies between them (Wortsman et al. 2022).
     *
     * @param share 0: these, 1: the others
     * @throws IllegalArgumentException if the other adapter is of another shape or for another base
     */
    public LoraAdapter toward(LoraAdapter other, double share) {
        if (!baseSha256.equals(other.baseSha256)
                || rank != other.rank
                || scale != other.scale
                || !pairs.keySet().equals(other.pairs.keySet())) {
            throw new IllegalArgumentException("the adapters are of different shapes, or for different bases");
        }
        Map<String, Pair> between = new HashMap<>();
        pairs.forEach((weight, pair) -> {
            Pair far = other.pairs.getOrDefault(weight, pair);
            between.put(
                    weight,
                    new Pair(
                            pair.in,
                            pair.out,
                            Tensors.between(pair.a, far.a, share),
                            Tensors.between(pair.b, far.b, share)));
        });
        return new LoraAdapter(baseSha256, rank, scale, between);
    }

    /** @throws GraphException if the file is not such an adapter, is incomplete, or holds a value that is no number */
    public static LoraAdapter read(Path file) throws IOException, GraphException {
        Safetensors content = Safetensors.read(file);
        String format = metadata(content, "format");
        if (!format.equals(FORMAT)) {
            throw new GraphException("the adapter's format is '" + format + "', this build reads " + FORMAT);
        }
        try {
            return new LoraAdapter(
                    metadata(content, "base.sha256"),
                    Integer.parseInt(metadata(content, "rank")),
                    Float.parseFloat(metadata(content, "scale")),
                    pairs(content));
        } catch (IllegalArgumentException e) {
            throw new GraphException("the adapter is wrong: " + e.getMessage(), e);
        }
    }

    private static Map<String, Pair> pairs(Safetensors content) throws GraphException {
        Map<String, Safetensors.Tensor> rest = new HashMap<>(content.tensors());
        Map<String, Pair> pairs = new HashMap<>();
        for (String name : content.tensors().keySet()) {
            if (!name.endsWith(A)) {
                continue;
            }
            String weight = name.substring(0, name.length() - A.length());
            Safetensors.Tensor a = rest.remove(name);
            Safetensors.Tensor b = rest.remove(weight + B);
            if (a == null || b == null) {
                throw new GraphException("the adapter has " + name + " without " + weight + B);
            }
            if (a.columns() != b.rows()) {
                throw new GraphException("the adapter's pair of " + weight + " does not fit together: [" + a.rows()
                        + ", " + a.columns() + "] and [" + b.rows() + ", " + b.columns() + "]");
            }
            pairs.put(weight, new Pair(a.rows(), b.columns(), a.values(), b.values()));
        }
        if (!rest.isEmpty()) {
            throw new GraphException(
                    "the adapter has tensors that belong to no pair: " + new TreeMap<>(rest).firstKey());
        }
        return pairs;
    }

    private static String metadata(Safetensors content, String key) throws GraphException {
        String value = content.metadata().get(key);
        if (value == null) {
            throw new GraphException("the adapter's metadata has no '" + key + "'");
        }
        return value;
    }

    /** What one weight [in, out] changes by, before the scale: the product of A [in, rank] and B [rank, out]. */
    public static final class Pair {
        private final int in;
        private final int out;
        private final float[] a;
        private final float[] b;

        /**
         * @param a [in, rank] row by row
         * @param b [rank, out] row by row
         */
        public Pair(int in, int out, float[] a, float[] b) {
            if (in < 1 || out < 1 || a.length % in != 0 || b.length % out != 0 || a.length / in != b.length / out) {
                throw new IllegalArgumentException("matrices of " + a.length + " and " + b.length
                        + " values are no low-rank pair for a weight [" + in + ", " + out + "]");
            }
            requireHalf(a);
            requireHalf(b);
            this.in = in;
            this.out = out;
            this.a = a.clone();
            this.b = b.clone();
        }

        public int in() {
            return in;
        }

        public int out() {
            return out;
        }

        public int rank() {
            return a.length / in;
        }

        /** A copy of A, [in, rank] row by row. */
        public float[] a() {
            return a.clone();
        }

        /** A copy of B, [rank, out] row by row. */
        public float[] b() {
            return b.clone();
        }

        /** One row of A B, added to {@code sum} times {@code scale}. */
        void addRow(int row, float scale, float[] sum) {
            for (int k = 0; k < rank(); k++) {
                float factor = scale * a[row * rank() + k];
                for (int column = 0; column < out; column++) {
                    sum[column] += factor * b[k * out + column];
                }
            }
        }

        private static void requireHalf(float[] values) {
            for (float value : values) {
                // Written so that NaN fails too.
                if (!(Math.abs(value) <= MAX_HALF)) {
                    throw new IllegalArgumentException("a value is " + value);
                }
            }
        }
    }
}
