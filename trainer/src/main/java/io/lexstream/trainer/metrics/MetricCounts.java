package io.lexstream.trainer.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the texts of one writer add to each of several metrics; counts of several files are one after the other. */
public final class MetricCounts {
    private final Map<String, CorpusMetric> metrics;
    private final Map<String, List<double[]>> counts = new LinkedHashMap<>();

    /** @param metrics by name, in the order of their figures */
    public MetricCounts(Map<String, CorpusMetric> metrics) {
        this.metrics = new LinkedHashMap<>(metrics);
        metrics.keySet().forEach(name -> counts.put(name, new ArrayList<>()));
    }

    /** Counts these texts, too. */
    public void add(List<Segment> segments) {
        metrics.forEach((name, metric) -> of(name).addAll(metric.countsOf(segments)));
    }

    /** Takes over what {@code others}, of the same metrics, has counted. */
    public void add(MetricCounts others) {
        counts.forEach((name, own) -> own.addAll(others.of(name)));
    }

    /** By the metric's name, in the given order; of at least one text. */
    public Map<String, Figure> figures(Bootstrap bootstrap) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> figures.put(
                name, new Figure(metric.score(CorpusMetric.sum(of(name))), bootstrap.interval(metric, of(name)))));
        return figures;
    }

    private List<double[]> of(String metric) {
        List<double[]> known = counts.get(metric);
        if (known == null) {
            throw new IllegalArgumentException("no metric " + metric + " among " + counts.keySet());
        }
        return known;
    }
}
