package io.lexstream.trainer;

import io.lexstream.trainer.metrics.Figure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good a model's texts are on one data file, or on several together.
 *
 * @param rows texts that were written
 * @param skipped rows of the file that could not be used
 * @param figures by metric
 * @param baselines the same figures of what has to be beaten, by its name
 */
public record GenerationReport(
        String name, int rows, int skipped, Map<String, Figure> figures, Map<String, Map<String, Figure>> baselines) {
    public GenerationReport {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
    }

    /** A metric's value, 0 to 1. */
    public double value(String metric) {
        Figure figure = figures.get(metric);
        if (figure == null) {
            throw new IllegalArgumentException("no metric " + metric + " among " + figures.keySet());
        }
        return figure.value();
    }
}
