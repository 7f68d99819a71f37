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

    /** A metric of the model. */
    public double value(String metric) {
        return value(metric, figures);
    }

    /** A metric of a baseline. */
    public double value(String baseline, String metric) {
        return value(metric, baselines.getOrDefault(baseline, Map.of()));
    }

    private static double value(String metric, Map<String, Figure> figures) {
        Figure figure = figures.get(metric);
        if (figure == null) {
            throw new IllegalArgumentException("no metric " + metric + " among " + figures.keySet());
        }
        return figure.value();
    }
}
