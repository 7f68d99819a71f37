package io.lexstream.trainer.tuning;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The straight line from the weights that a training began with to those that it found (Wortsman et al. 2022, "Robust
 * fine-tuning of zero-shot models").
 */
record WeightPath(Map<String, float[]> start, Map<String, float[]> end) {
    /** @param share of the way: 0 = the start, 1 = the end */
    Map<String, float[]> at(double share) {
        Map<String, float[]> there = new LinkedHashMap<>();
        end.forEach((name, to) -> {
            float[] from = start.get(name);
            if (from == null || from.length != to.length) {
                throw new IllegalArgumentException(name + " is another tensor at the start");
            }
            float[] values = new float[to.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (from[i] + share * (to[i] - from[i]));
            }
            there.put(name, values);
        });
        return there;
    }
}
