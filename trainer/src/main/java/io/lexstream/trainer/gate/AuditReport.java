package io.lexstream.trainer.gate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether labels may be trained on, and how much each author counts.
 *
 * @param checks all that was asked; one that failed is enough to refuse the labels
 * @param weights by author, for those that do not count fully; 0 = left out
 * @param metrics what was measured, such as {@code audit/learnability}
 */
public record AuditReport(List<Check> checks, Map<String, Double> weights, Map<String, Double> metrics) {
    public AuditReport {
        checks = List.copyOf(checks);
        weights = Map.copyOf(weights);
        metrics = Map.copyOf(new TreeMap<>(metrics));
    }

    public boolean passed() {
        return checks.stream().allMatch(Check::passed);
    }

    /** How much the labels of {@code author} count; 0 = neither trained on nor measured on. */
    public double weight(String author) {
        return weights.getOrDefault(author, 1.0);
    }
}
