package io.lexstream.trainer.seq2seq;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of the last looks, and their mean (checkpoint averaging, Vaswani et al. 2017). */
final class RecentWeights {
    private static final String LOOK = "#look";

    private final int most;
    private final Deque<Map<String, float[]>> recent = new ArrayDeque<>();

    RecentWeights(int most) {
        this.most = most;
    }

    void add(Map<String, float[]> weights) {
        recent.addLast(weights);
        if (recent.size() > most) {
            recent.removeFirst();
        }
    }

    int count() {
        return recent.size();
    }

    Map<String, float[]> mean() {
        Map<String, float[]> mean = new LinkedHashMap<>();
        for (Map<String, float[]> weights : recent) {
            weights.forEach((name, values) -> {
                float[] sum = mean.computeIfAbsent(name, key -> new float[values.length]);
                for (int i = 0; i < values.length; i++) {
                    sum[i] += values[i] / recent.size();
                }
            });
        }
        return mean;
    }

    /** Adds them to a checkpoint's tensors. */
    void saveTo(Map<String, float[]> tensors) {
        int look = 0;
        for (Map<String, float[]> weights : recent) {
            String suffix = LOOK + look++;
            weights.forEach((name, values) -> tensors.put(name + suffix, values));
        }
    }

    /** Takes them from a checkpoint's tensors. */
    void restoreFrom(Map<String, float[]> tensors) {
        for (int look = 0; look < most; look++) {
            String suffix = LOOK + look;
            Map<String, float[]> weights = new LinkedHashMap<>();
            tensors.forEach((name, values) -> {
                if (name.endsWith(suffix)) {
                    weights.put(name.substring(0, name.length() - suffix.length()), values);
                }
            });
            if (!weights.isEmpty()) {
                add(weights);
            }
        }
    }
}
