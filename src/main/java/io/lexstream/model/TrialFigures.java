package io.lexstream.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a version on trial does beside the champion, on the texts that both were asked about.
 *
 * @param results texts that both were asked about
 * @param errors of them, those that the challenger failed on and the champion did not
 * @param championErrors of them, those that the champion failed on
 * @param disagreements of them, those where the labels differ
 * @param seconds time of the challenger, texts that it failed on left out
 * @param championSeconds time of the slowest champion of any task for the same texts: tasks may share an encoder's
 *     pass, and only the first of them is seen to pay for it
 * @param labels the challenger's labels of texts that both could read
 * @param championLabels the champion's labels of the same texts
 */
public record TrialFigures(
        long results,
        long errors,
        long championErrors,
        long disagreements,
        double seconds,
        double championSeconds,
        SortedMap<String, Long> labels,
        SortedMap<String, Long> championLabels) {
    public static final TrialFigures NONE =
            new TrialFigures(0, 0, 0, 0, 0, 0, Collections.emptySortedMap(), Collections.emptySortedMap());

    private static final String SINCE = "since";
    private static final String LABEL = "label.";
    private static final String CHAMPION = "champion.";

    public TrialFigures {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        championLabels = Collections.unmodifiableSortedMap(new TreeMap<>(championLabels));
    }

    public TrialFigures plus(TrialFigures other) {
        return new TrialFigures(
                results + other.results,
                errors + other.errors,
                championErrors + other.championErrors,
                disagreements + other.disagreements,
                seconds + other.seconds,
                championSeconds + other.championSeconds,
                sum(labels, other.labels),
                sum(championLabels, other.championLabels));
    }

    /** Which guard these figures trip, and by what; empty if none. */
    public Optional<Trip> trips(TrialLimits limits) {
        double atLeast = Math.max(results, limits.minResults());
        if (errors > limits.maxErrorRatio() * atLeast) {
            return trip(
                    Guard.ERRORS,
                    "it fails on %d of %d texts that the champion can read; trial.max.error.ratio is %s",
                    errors,
                    results,
                    limits.maxErrorRatio());
        }
        if (disagreements > limits.maxDisagreement() * atLeast) {
            return trip(
                    Guard.DISAGREEMENT,
                    "it disagrees with the champion on %d of %d texts; trial.max.disagreement is %s",
                    disagreements,
                    results,
                    limits.maxDisagreement());
        }
        return results < limits.minResults() ? Optional.empty() : slower(limits).or(() -> shifted(limits));
    }

    private Optional<Trip> slower(TrialLimits limits) {
        return championSeconds <= 0 || seconds <= limits.maxLatencyRatio() * championSeconds
                ? Optional.empty()
                : trip(
                        Guard.LATENCY,
                        "it takes %.1f times as long as the champion on %d texts; trial.max.latency.ratio is %s",
                        seconds / championSeconds,
                        results,
                        limits.maxLatencyRatio());
    }

    private Optional<Trip> shifted(TrialLimits limits) {
        double psi = labelShift();
        return psi <= limits.maxLabelShift()
                ? Optional.empty()
                : trip(
                        Guard.LABEL_SHIFT,
                        "its labels of %d texts have a stability index of %.2f against the champion's;"
                                + " trial.max.label.shift is %s",
                        results,
                        psi,
                        limits.maxLabelShift());
    }

    private double labelShift() {
        SortedSet<String> names = new TreeSet<>(labels.keySet());
        names.addAll(championLabels.keySet());
        return names.isEmpty() ? 0 : Psi.of(counts(championLabels, names), counts(labels, names));
    }

    private static List<Long> counts(Map<String, Long> labels, SortedSet<String> names) {
        return names.stream().map(name -> labels.getOrDefault(name, 0L)).toList();
    }

    private static Optional<Trip> trip(Guard guard, String reason, Object... facts) {
        return Optional.of(new Trip(guard, String.format(Locale.ROOT, reason, facts)));
    }

    /**
     * As the field {@code trial} of a status record holds them.
     *
     * @param since time of the deployment that began the trial: what tells it from an earlier one of the same version
     */
    public Map<String, Double> toMap(Instant since) {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put(SINCE, (double) since.toEpochMilli());
        map.put("results", (double) results);
        map.put("errors", (double) errors);
        map.put("disagreements", (double) disagreements);
        map.put("seconds", seconds);
        map.put(CHAMPION + "results", (double) results);
        map.put(CHAMPION + "errors", (double) championErrors);
        map.put(CHAMPION + "seconds", championSeconds);
        labels.forEach((label, count) -> map.put(LABEL + label, (double) count));
        championLabels.forEach((label, count) -> map.put(CHAMPION + LABEL + label, (double) count));
        return map;
    }

    /** Time of the deployment that began the trial whose figures {@code map} holds; empty if it holds none. */
    public static Optional<Instant> since(Map<String, Double> map) {
        return Optional.ofNullable(map.get(SINCE)).map(millis -> Instant.ofEpochMilli(millis.longValue()));
    }

    /** What {@link #toMap} wrote; what is missing counts as zero. */
    public static TrialFigures of(Map<String, Double> map) {
        return new TrialFigures(
                count(map, "results"),
                count(map, "errors"),
                count(map, CHAMPION + "errors"),
                count(map, "disagreements"),
                map.getOrDefault("seconds", 0.0),
                map.getOrDefault(CHAMPION + "seconds", 0.0),
                counts(map, LABEL),
                counts(map, CHAMPION + LABEL));
    }

    private static long count(Map<String, Double> map, String name) {
        return map.getOrDefault(name, 0.0).longValue();
    }

    private static SortedMap<String, Long> counts(Map<String, Double> map, String prefix) {
        SortedMap<String, Long> counts = new TreeMap<>();
        map.forEach((name, count) -> {
            if (name.startsWith(prefix)) {
                counts.put(name.substring(prefix.length()), count.longValue());
            }
        });
        return counts;
    }

    private static SortedMap<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
        SortedMap<String, Long> sum = new TreeMap<>(a);
        b.forEach((label, count) -> sum.merge(label, count, Long::sum));
        return sum;
    }

    /** What a trial is watched for. */
    public enum Guard {
        ERRORS,
        LATENCY,
        LABEL_SHIFT,
        DISAGREEMENT
    }

    /** The end of a trial: which guard, and the figures in words. */
    public record Trip(Guard guard, String reason) {}
}
