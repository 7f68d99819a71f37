package io.lexstream.trainer.gate;

import io.lexstream.inference.Classification;
import io.lexstream.trainer.ClassificationReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
            checks.add(Check.failed(
                    "trusted rows",
                    "only %d of the %d that are needed; name files of trusted rows (train.trusted.data)"
                            .formatted(trusted, settings.minTrustedRows())));
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
                text(
                        "macro-F1 %s on %d rows (%d won, %d lost); at most one row or %.1f points may be lost, and no significant loss"
                                + " (McNemar p %.3f)",
                        points(comparison.difference()),
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
                text(
                        "macro-F1 %s on %d rows, with %.0f %% confidence above %s; it must not be negative, and the bound"
                                + " not below %s (McNemar p %.3f)",
                        points(comparison.difference()),
                        comparison.rows(),
                        100 * settings.confidence(),
                        points(comparison.lower()),
                        points(-settings.tolerance()),
                        comparison.p())));
    }

    /** Holm's correction: the more slices one looks at, the more chance losses one sees. */
    private void slices(Answers champion) {
        record Loss(String name, int rows, double accuracy, double byChance) {}
        List<Loss> losses = new ArrayList<>();
        Slices.of(candidate.rows()).forEach((name, rows) -> {
            if (rows.size() >= settings.minSliceRows()) {
                Comparison slice = compare(candidate.part(rows), champion.part(rows));
                double accuracy = (slice.won() - slice.lost()) / (double) rows.size();
                losses.add(new Loss(name, rows.size(), accuracy, slice.worseByChance()));
            }
        });
        losses.sort(Comparator.comparing(Loss::byChance));
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < losses.size(); i++) {
            Loss loss = losses.get(i);
            if (loss.byChance() > (1 - settings.confidence()) / (losses.size() - i)) {
                break;
            }
            if (loss.accuracy() < -settings.sliceTolerance()) {
                lost.add(text("%s (accuracy %s on %d rows)", loss.name(), points(loss.accuracy()), loss.rows()));
            }
        }
        checks.add(new Check(
                "slices",
                lost.isEmpty(),
                lost.isEmpty()
                        ? text(
                                "of %d with at least %d rows none significantly loses more than %.1f points",
                                losses.size(), settings.minSliceRows(), 100 * settings.sliceTolerance())
                        : "lost: " + String.join(", ", lost)));
    }

    private void beatsMajority(ClassificationReport report) {
        String most = report.baseline().label();
        Answers majority = new Answers(
                candidate.rows(),
                Collections.nCopies(
                        candidate.rows().size(), Classification.of(List.of(most), new double[] {1}, false, 1)));
        if (candidate.rows().size() < settings.minTrustedRows()) {
            checks.add(Check.failed(
                    "better than the most frequent label",
                    "only %d held-out rows of the %d that are needed"
                            .formatted(candidate.rows().size(), settings.minTrustedRows())));
            return;
        }
        Comparison comparison = compare(candidate, majority);
        checks.add(new Check(
                "better than the most frequent label",
                comparison.lower() > 0 && report.accuracy() >= report.baseline().accuracy(),
                text(
                        "macro-F1 %s over always saying %s, with %.0f %% confidence above %s; accuracy %.1f %% against"
                                + " %.1f %%",
                        points(comparison.difference()),
                        most,
                        100 * settings.confidence(),
                        points(comparison.lower()),
                        100 * report.accuracy(),
                        100 * report.baseline().accuracy())));
    }

    /** @param champion the champion's error; NaN = there is none */
    private void calibrated(CalibrationError calibration, double champion) {
        boolean honest = calibration.excess() <= settings.maxCalibrationError() || calibration.error() <= champion;
        checks.add(new Check(
                "calibration",
                honest,
                text(
                        "calibration error %.1f %%, of which chance explains %.1f; at most %.1f beyond that%s",
                        100 * calibration.error(),
                        100 * calibration.chance(),
                        100 * settings.maxCalibrationError(),
                        Double.isNaN(champion) ? "" : text(" (champion %.1f %%)", 100 * champion))));
    }

    private void saysMoreThanOneLabel() {
        double said =
                topShare(candidate.said().stream().map(Classification::label).toList());
        double are = topShare(candidate.rows().stream().map(HeldOut.Row::label).toList());
        checks.add(new Check(
                "labels said",
                said < NEARLY_ALL || are >= FAR_FROM_ALL,
                text(
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

    private static String points(double difference) {
        return text("%+.1f", 100 * difference);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
