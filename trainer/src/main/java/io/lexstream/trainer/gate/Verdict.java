package io.lexstream.trainer.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a candidate may serve, and why.
 *
 * @param checks all that was asked; one that failed is enough to refuse
 * @param metrics what was measured, such as {@code candidate/macroF1}
 * @param precisions what the version was found good enough in: fp32, int8; empty if it was refused
 */
public record Verdict(boolean passed, List<Check> checks, Map<String, Double> metrics, List<String> precisions) {
    public Verdict {
        checks = List.copyOf(checks);
        metrics = Map.copyOf(new TreeMap<>(metrics));
        precisions = List.copyOf(precisions);
    }

    static Verdict of(List<Check> checks, Map<String, Double> metrics, List<String> precisions) {
        boolean passed = checks.stream().allMatch(Check::passed);
        return new Verdict(passed, checks, metrics, passed ? precisions : List.of());
    }

    /** A sentence a check, those that failed first. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        checks.stream().filter(check -> !check.passed()).map(Check::toString).forEach(reasons::add);
        checks.stream().filter(Check::passed).map(Check::toString).forEach(reasons::add);
        return reasons;
    }
}
