package io.lexstream.trainer.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a candidate loses on slices of the held-out rows, and whether that is more than chance. */
final class SliceLosses {
    private final GateSettings settings;
    private final String measure;
    private final String unit;
    private final List<Loss> losses = new ArrayList<>();

    /**
     * One slice.
     *
     * @param difference the candidate's figure minus the champion's
     * @param byChance how probable a difference as far below 0 is, were there none
     */
    private record Loss(String name, int rows, double difference, double byChance) {}

    /**
     * @param measure what is compared, for people
     * @param unit what its points are called
     */
    SliceLosses(GateSettings settings, String measure, String unit) {
        this.settings = settings;
        this.measure = measure;
        this.unit = unit;
    }

    void add(String name, int rows, double difference, double byChance) {
        losses.add(new Loss(name, rows, difference, byChance));
    }

    /** Holm's correction: the more slices one looks at, the more chance losses one sees. */
    Check check() {
        losses.sort(Comparator.comparingDouble(Loss::byChance));
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < losses.size(); i++) {
            Loss loss = losses.get(i);
            if (loss.byChance() > (1 - settings.confidence()) / (losses.size() - i)) {
                break;
            }
            if (loss.difference() < -settings.sliceTolerance()) {
                lost.add(Check.text(
                        "%s (%s %s on %d rows)", loss.name(), measure, Check.points(loss.difference()), loss.rows()));
            }
        }
        return new Check(
                "slices",
                lost.isEmpty(),
                lost.isEmpty()
                        ? Check.text(
                                "of %d with at least %d rows none significantly loses more than %.1f %s",
                                losses.size(), settings.minSliceRows(), 100 * settings.sliceTolerance(), unit)
                        : "lost: " + String.join(", ", lost));
    }
}
