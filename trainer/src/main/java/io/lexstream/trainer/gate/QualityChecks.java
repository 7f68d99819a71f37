package io.lexstream.trainer.gate;

import io.lexstream.inference.Classification;
import io.lexstream.trainer.ClassificationReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges what a candidate said of the held-out rows, beside what the champion said. */
final class QualityChecks {
    private static final double NEARLY_ALL = 0.98;
    private static final double FAR_FROM_ALL = 0.9;
    private static final int FEW = 10;

    private final GateSettings settings;
    private final int trusted;
    private final Answers candidate;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Double> metrics;

    /**
     * @param trusted how many of the rows, from the first, are trusted
     * @param metrics filled
     */
    QualityChecks(GateSettings settings, int trusted, Answers candidate, Map<String, Double> metrics) {
        this.settings = settings;
        this.trusted = trusted;
        this.candidate = candidate;
        this.metrics = metrics;
    }

    /**
     * The checks that need nothing to compare with: better than the most frequent label, calibrated, not of one mind.
     */
    List<Check> alone() {
        ClassificationReport report = put("candidate", candidate);
        beatsMajority(report);
        calibrated(CalibrationError.of(candidate, settings.seed()), Double.NaN);
        saysMoreThanOneLabel();
        return List.copyOf(checks);
    }

    /** The checks beside the version that serves now. */
    List<Check> beside(Answers champion) {
        put("candidate", candidate);
        put("champion", champion);
        trustedRows(champion);
        allRows(champion);
        slices(champion);
        calibrated(
                CalibrationError.of(candidate, settings.seed()),
                CalibrationError.of(champion, settings.seed()).error());
        saysMoreThanOneLabel();
        forgetsNoLabel(champion);
        return List.copyOf(checks);
    }

    private void trustedRows(Answers champion) {
        if (trusted < settings.minTrustedRows()) {
            checks.add(Check.tooFewTrusted(trusted, settings));
            return;
        }
        Comparison comparison = compare(candidate.first(trusted), champion.first(trusted));
        metrics.put("trusted/difference", comparison.difference());
        // One row is not evidence: in a small set it may cost more than the tolerance.
        boolean oneRow = comparison.lost() - comparison.won() <= 1;
        boolean near = comparison.difference() >= -settings.trustedTolerance() || oneRow;
        boolean worse =
                comparison.difference() < 0 && comparison.worseByChance() < 1 - settings.confidence() && !oneRow;
        checks.add(new Check(
                "trusted rows",
                near && !worse,
                Check.text(
                        "macro-F1 %s on %d rows (%d won, %d lost); at most one row or %.1f points may be lost, and no significant loss"
                                + " (McNemar p %.3f)",
                        Check.points(comparison.difference()),
                        trusted,
                        comparison.won(),
                        comparison.lost(),
                        100 * settings.trustedTolerance(),
                        comparison.p())));
    }

    private void allRows(Answers champion) {
        Comparison comparison = compare(candidate, champion);
        metrics.put("difference/macroF1", comparison.difference());
        metrics.put("difference/lower", comparison.lower());
        metrics.put("difference/mcnemarP", comparison.p());
        checks.add(new Check(
                "all held-out rows",
                comparison.difference() >= 0 && comparison.lower() >= -settings.tolerance(),
                Check.text(
                        "macro-F1 %s on %d rows, with %.0f %% confidence above %s; it must not be negative, and the bound"
                                + " not below %s (McNemar p %.3f)",
                        Check.points(comparison.difference()),
                        comparison.rows(),
                        100 * settings.confidence(),
                        Check.points(comparison.lower()),
                        Check.points(-settings.tolerance()),
                        comparison.p())));
    }

    private void slices(Answers champion) {
        SliceLosses losses = new SliceLosses(settings, "accuracy", "points");
        Slices.of(candidate.rows()).forEach((name, rows) -> {
            if (rows.size() >= settings.minSliceRows()) {
                Comparison slice = compare(candidate.part(rows), champion.part(rows));
                double accuracy = (slice.won() - slice.lost()) / (double) rows.size();
                losses.add(name, rows.size(), accuracy, slice.worseByChance());
            }
        });
        checks.add(losses.check());
    }

    private void beatsMajority(ClassificationReport report) {
        String most = report.baseline().label();
        Answers majority = new Answers(
                candidate.rows(),
                Collections.nCopies(
                        candidate.rows().size(), Classification.of(List.of(most), new double[] {1}, false, 1)));
        if (candidate.rows().size() < settings.minTrustedRows()) {
            checks.add(Check.tooFewRows(
                    "better than the most frequent label", candidate.rows().size(), settings));
            return;
        }
        Comparison comparison = compare(candidate, majority);
        checks.add(new Check(
                "better than the most frequent label",
                comparison.lower() > 0 && report.accuracy() >= report.baseline().accuracy(),
                Check.text(
                        "macro-F1 %s over always saying %s, with %.0f %% confidence above %s; accuracy %.1f %% against"
                                + " %.1f %%",
                        Check.points(comparison.difference()),
                        most,
                        100 * settings.confidence(),
                        Check.points(comparison.lower()),
                        100 * report.accuracy(),
                        100 * report.baseline().accuracy())));
    }

    /** @param champion the champion's error; NaN = there is none */
    private void calibrated(CalibrationError calibration, double champion) {
        boolean honest = calibration.excess() <= settings.maxCalibrationError() || calibration.error() <= champion;
        checks.add(new Check(
                "calibration",
                honest,
                Check.text(
                        "calibration error %.1f %%, of which chance explains %.1f; at most %.1f beyond that%s",
                        100 * calibration.error(),
                        100 * calibration.chance(),
                        100 * settings.maxCalibrationError(),
                        Double.isNaN(champion) ? "" : Check.text(" (champion %.1f %%)", 100 * champion))));
    }

    private void saysMoreThanOneLabel() {
        double said =
                topShare(candidate.said().stream().map(Classification::label).toList());
        double are = topShare(candidate.rows().stream().map(HeldOut.Row::label).toList());
        checks.add(new Check(
                "labels said",
                said < NEARLY_ALL || are >= FAR_FROM_ALL,
                Check.text(
                        "the most frequent label is said of %.0f %% of the rows and is right for %.0f %% at most",
                        100 * said, 100 * are)));
    }

    private void forgetsNoLabel(Answers champion) {
        Map<String, Integer> champions = rightByLabel(champion);
        Map<String, Integer> candidates = rightByLabel(candidate);
        List<String> forgotten = new ArrayList<>();
        champions.forEach((label, right) -> {
            if (right >= FEW && !candidates.containsKey(label)) {
                forgotten.add(label);
            }
        });
        checks.add(new Check(
                "labels kept",
                forgotten.isEmpty(),
                forgotten.isEmpty()
                        ? "every label that the champion gets right is still known"
                        : "never right any more about " + String.join(", ", forgotten)));
    }

    private static Map<String, Integer> rightByLabel(Answers answers) {
        Map<String, Integer> right = new HashMap<>();
        for (int row = 0; row < answers.rows().size(); row++) {
            if (answers.right(row)) {
                right.merge(answers.rows().get(row).label(), 1, Integer::sum);
            }
        }
        return right;
    }

    private static double topShare(List<String> labels) {
        Map<String, Integer> counts = new HashMap<>();
        labels.forEach(label -> counts.merge(label, 1, Integer::sum));
        return Collections.max(counts.values()) / (double) labels.size();
    }

    private Comparison compare(Answers one, Answers other) {
        return Comparison.of(one, other, settings.confidence(), settings.resamples(), settings.seed());
    }

    private ClassificationReport put(String who, Answers answers) {
        ClassificationReport report = answers.report();
        metrics.put(who + "/accuracy", report.accuracy());
        metrics.put(who + "/macroF1", report.macroF1());
        metrics.put(who + "/ece", report.ece());
        return report;
    }
}
