package io.lexstream.processors;

import io.lexstream.model.TrialFigures;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds comparisons up. Used by one thread at a time. */
final class TrialCounts {
    private long results;
    private long errors;
    private long championErrors;
    private long disagreements;
    private double seconds;
    private double championSeconds;
    private final SortedMap<String, Long> labels = new TreeMap<>();
    private final SortedMap<String, Long> championLabels = new TreeMap<>();

    void add(Comparison text) {
        count(text, 1);
    }

    /** Takes back what was added. */
    void remove(Comparison text) {
        count(text, -1);
    }

    private void count(Comparison text, int sign) {
        results += sign;
        errors += text.challengerFailed() ? sign : 0;
        championErrors += text.championFailed() ? sign : 0;
        disagreements += text.disagrees() ? sign : 0;
        seconds += sign * text.seconds();
        championSeconds += sign * text.championSeconds();
        if (text.label().isPresent() && text.championLabel().isPresent()) {
            labels.merge(text.label().get(), (long) sign, Long::sum);
            championLabels.merge(text.championLabel().get(), (long) sign, Long::sum);
        }
    }

    TrialFigures figures() {
        return new TrialFigures(
                results, errors, championErrors, disagreements, seconds, championSeconds, labels, championLabels);
    }
}
