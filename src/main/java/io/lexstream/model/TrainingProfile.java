package io.lexstream.model;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a version's training texts were like, as counts of texts: what its later texts are compared with. The file in
 * the role PROFILE of a package.
 *
 * @param labels texts by the label that the version gives them
 * @param confidence texts by the probability of that label: ten bins of equal width over 0 to 1, 1 in the last
 * @param tokens texts by tokens read, special ones included: up to 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512,
 *     and more
 * @param unknown texts by the share of their tokens that the vocabulary does not have: none, up to 0.01, 0.02, 0.05,
 *     0.1, 0.2, 0.5, and more
 */
public record TrainingProfile(
        SortedMap<String, Long> labels, List<Long> confidence, List<Long> tokens, List<Long> unknown) {
    /** The name of the profile's file in a package. */
    public static final String FILE_NAME = "profile.json";

    /** What is compared. */
    public enum Measure {
        LABELS,
        CONFIDENCE,
        TOKENS,
        UNKNOWN
    }

    /**
     * What was seen of one text.
     *
     * @param label the label that won
     * @param confidence its probability
     * @param tokens tokens read, special ones included
     * @param unknownTokens how many of them the vocabulary does not have
     */
    public record Observation(String label, double confidence, int tokens, int unknownTokens) {
        public Observation {
            if (label.isEmpty() || !(confidence >= 0 && confidence <= 1.000001)) {
                throw new IllegalArgumentException("no observation: label '" + label + "' at " + confidence);
            }
            if (tokens < 0 || unknownTokens < 0 || unknownTokens > tokens) {
                throw new IllegalArgumentException(
                        "no observation: " + unknownTokens + " of " + tokens + " tokens unknown");
            }
        }
    }

    public TrainingProfile {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        confidence = List.copyOf(confidence);
        tokens = List.copyOf(tokens);
        unknown = List.copyOf(unknown);
        requireBins("confidence", confidence, ProfileCounts.CONFIDENCE_BINS);
        requireBins("tokens", tokens, ProfileCounts.TOKEN_BINS);
        requireBins("unknown", unknown, ProfileCounts.UNKNOWN_BINS);
        long texts = sum(labels.values());
        for (Collection<Long> counts : List.of(labels.values(), confidence, tokens, unknown)) {
            if (counts.stream().anyMatch(count -> count < 0) || sum(counts) != texts) {
                throw new IllegalArgumentException("a profile's histograms must count the same texts: labels count "
                        + texts + ", another " + sum(counts));
            }
        }
    }

    public static TrainingProfile of(Collection<Observation> observations) {
        ProfileCounts counts = new ProfileCounts();
        observations.forEach(counts::add);
        return counts.profile();
    }

    /** @throws ModelRejectedException if the bytes are not what {@link #toJson} writes */
    public static TrainingProfile fromJson(byte[] json) throws ModelRejectedException {
        return ProfileJson.read(json);
    }

    public byte[] toJson() {
        return ProfileJson.write(this);
    }

    /** How many texts were counted. */
    public long texts() {
        return sum(labels.values());
    }

    /** How far {@code window} is from this profile, by each measure: see {@link Psi}. */
    public Map<Measure, Double> psi(TrainingProfile window) {
        Map<Measure, Double> psi = new EnumMap<>(Measure.class);
        SortedSet<String> names = new TreeSet<>(labels.keySet());
        names.addAll(window.labels.keySet());
        psi.put(Measure.LABELS, names.isEmpty() ? 0.0 : Psi.of(counts(names), window.counts(names)));
        psi.put(Measure.CONFIDENCE, Psi.of(confidence, window.confidence));
        psi.put(Measure.TOKENS, Psi.of(tokens, window.tokens));
        psi.put(Measure.UNKNOWN, Psi.of(unknown, window.unknown));
        return psi;
    }

    private List<Long> counts(SortedSet<String> names) {
        return names.stream().map(name -> labels.getOrDefault(name, 0L)).toList();
    }

    private static void requireBins(String name, List<Long> counts, int bins) {
        if (counts.size() != bins) {
            throw new IllegalArgumentException(
                    "a profile's '" + name + "' has " + bins + " bins, not " + counts.size());
        }
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(count -> count).sum();
    }
}
