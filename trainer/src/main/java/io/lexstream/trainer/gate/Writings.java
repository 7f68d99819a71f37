package io.lexstream.trainer.gate;

import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.metrics.Bootstrap;
import io.lexstream.trainer.metrics.CorpusMetric;
import io.lexstream.trainer.metrics.PairedDifference;
import io.lexstream.trainer.metrics.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one model wrote of some rows, counted once.
 *
 * @param texts one a row; empty where it wrote nothing
 * @param counts by measure, what each text adds
 */
record Writings(List<HeldOut.Row> rows, List<String> texts, Map<Measure, List<double[]>> counts) {
    Writings {
        rows = List.copyOf(rows);
        texts = List.copyOf(texts);
        counts = Map.copyOf(counts);
        if (rows.size() != texts.size()) {
            throw new IllegalArgumentException(rows.size() + " rows, " + texts.size() + " texts");
        }
    }

    static Writings of(GenerationTask task, List<HeldOut.Row> rows, List<String> texts) {
        List<Segment> segments = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            segments.add(new Segment(
                    rows.get(row).text(), texts.get(row), rows.get(row).label()));
        }
        Map<Measure, List<double[]>> counts = new EnumMap<>(Measure.class);
        Measure.of(task).forEach(measure -> counts.put(measure, measure.metric().countsOf(segments)));
        return new Writings(rows, texts, counts);
    }

    Writings part(List<Integer> indexes) {
        Map<Measure, List<double[]>> part = new EnumMap<>(Measure.class);
        counts.forEach((measure, all) ->
                part.put(measure, indexes.stream().map(all::get).toList()));
        return new Writings(
                indexes.stream().map(rows::get).toList(),
                indexes.stream().map(texts::get).toList(),
                part);
    }

    Writings first(int count) {
        return part(IntStream.range(0, count).boxed().toList());
    }

    /** 0 to 1. */
    double score(Measure measure) {
        return measure.metric().score(CorpusMetric.sum(of(measure)));
    }

    /** This one's score minus the other's, on the same rows, of which there is at least one. */
    PairedDifference minus(Writings other, Measure measure, Bootstrap bootstrap, double confidence) {
        return bootstrap.difference(measure.metric(), of(measure), other.of(measure), confidence);
    }

    /** Rows of which nothing was written. */
    int empty() {
        return (int) texts.stream().filter(String::isBlank).count();
    }

    /** Rows of which the text itself was written, though people wrote another. */
    int copies() {
        int copies = 0;
        for (int row = 0; row < rows.size(); row++) {
            String source = TextPlace.normal(rows.get(row).text());
            boolean copied = source.equals(TextPlace.normal(texts.get(row)));
            copies += copied && !source.equals(TextPlace.normal(rows.get(row).label())) ? 1 : 0;
        }
        return copies;
    }

    /** Characters written by characters that people wrote. */
    double length() {
        long written = texts.stream().mapToLong(String::length).sum();
        long wanted = rows.stream().mapToLong(row -> row.label().length()).sum();
        return written / (double) Math.max(1, wanted);
    }

    /** The share of rows that have the most frequent text. */
    double topShare() {
        return topShare(texts);
    }

    /** The same of what people wrote. */
    double wantedTopShare() {
        return topShare(rows.stream().map(HeldOut.Row::label).toList());
    }

    /** Share of rows of which both wrote the same. */
    double agreement(Writings other) {
        int same = 0;
        for (int row = 0; row < texts.size(); row++) {
            same += texts.get(row).equals(other.texts.get(row)) ? 1 : 0;
        }
        return same / (double) Math.max(1, texts.size());
    }

    private List<double[]> of(Measure measure) {
        return counts.getOrDefault(measure, List.of());
    }

    private static double topShare(List<String> texts) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(text -> counts.merge(text, 1, Integer::sum));
        return counts.isEmpty() ? 0 : Collections.max(counts.values()) / (double) texts.size();
    }
}
