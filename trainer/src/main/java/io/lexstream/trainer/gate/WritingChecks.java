package io.lexstream.trainer.gate;

import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.Lead;
import io.lexstream.trainer.metrics.Bootstrap;
import io.lexstream.trainer.metrics.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Judges what a candidate wrote of the held-out rows, beside what the champion wrote. Differences are significant or
 * not by paired bootstrap resampling (Koehn 2004).
 */
final class WritingChecks {
    /** More of the rows copied, left empty, or given one and the same text than the champion does: broken. */
    private static final double NOTICEABLE = 0.02;

    private static final double SAME_TEXT = 0.2;
    private static final double OTHER_LENGTH = 0.25;

    private final GenerationTask task;
    private final List<Measure> measures;
    private final GateSettings settings;
    private final Bootstrap bootstrap;
    private final int trusted;
    private final Writings candidate;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Double> metrics;

    /**
     * @param trusted how many of the rows, from the first, are trusted
     * @param metrics filled
     */
    WritingChecks(
            GenerationTask task, GateSettings settings, int trusted, Writings candidate, Map<String, Double> metrics) {
        this.task = task;
        this.measures = Measure.of(task);
        this.settings = settings;
        this.bootstrap = new Bootstrap(settings.resamples(), settings.seed());
        this.trusted = trusted;
        this.candidate = candidate;
        this.metrics = metrics;
    }

    /** Better than what anybody could write without a model: the text itself, or its first sentence. */
    List<Check> alone() {
        put("candidate", candidate);
        if (candidate.rows().size() < settings.minTrustedRows()) {
            checks.add(Check.tooFewRows("better than no model", candidate.rows().size(), settings));
            return List.copyOf(checks);
        }
        List<String> without = candidate.rows().stream()
                .map(row -> task == GenerationTask.SUMMARY ? Lead.of(row.text(), 1) : row.text())
                .toList();
        PairedDifference ahead = difference(candidate, Writings.of(task, candidate.rows(), without), Measure.CHRF);
        checks.add(new Check(
                "better than no model",
                ahead.lower() > 0,
                Check.text(
                        "chrF2 %s over %s, with %.0f %% confidence above %s",
                        Check.points(ahead.difference()),
                        task == GenerationTask.SUMMARY ? "the first sentence" : "the text copied",
                        100 * settings.confidence(),
                        Check.points(ahead.lower()))));
        return List.copyOf(checks);
    }

    /** The checks beside the version that serves now. */
    List<Check> beside(Writings champion) {
        put("candidate", candidate);
        put("champion", champion);
        trustedRows(champion);
        allRows(champion);
        slices(champion);
        writesProperly(champion);
        return List.copyOf(checks);
    }

    private void trustedRows(Writings champion) {
        if (trusted < settings.minTrustedRows()) {
            checks.add(Check.tooFewTrusted(trusted, settings));
            return;
        }
        Writings ours = candidate.first(trusted);
        Writings theirs = champion.first(trusted);
        boolean near = difference(ours, theirs, Measure.CHRF).difference() >= -settings.trustedTolerance();
        boolean worse = false;
        List<String> figures = new ArrayList<>();
        for (Measure measure : measures) {
            PairedDifference difference = difference(ours, theirs, measure);
            metrics.put("trusted/" + measure.key(), difference.difference());
            worse |= difference.worseByChance() < 1 - settings.confidence();
            figures.add(Check.text(
                    "%s %s (worse by chance p %.3f)",
                    measure.title(), Check.points(difference.difference()), difference.worseByChance()));
        }
        checks.add(new Check(
                "trusted rows",
                near && !worse,
                Check.text(
                        "%s on %d rows; at most %.1f points of chrF2 may be lost, and nothing significantly",
                        String.join(", ", figures), trusted, 100 * settings.trustedTolerance())));
    }

    private void allRows(Writings champion) {
        PairedDifference decides = difference(candidate, champion, Measure.CHRF);
        PairedDifference other = difference(candidate, champion, measures.get(1));
        metrics.put("difference/chrf", decides.difference());
        metrics.put("difference/lower", decides.lower());
        metrics.put("difference/" + measures.get(1).key(), other.difference());
        boolean contradicted = other.worseByChance() < 1 - settings.confidence();
        checks.add(new Check(
                "all held-out rows",
                decides.difference() >= 0 && decides.lower() >= -settings.tolerance() && !contradicted,
                Check.text(
                        "chrF2 %s on %d rows, with %.0f %% confidence above %s; it must not be negative, and the bound not"
                                + " below %s; %s %s, which must be no significant loss (p %.3f)",
                        Check.points(decides.difference()),
                        decides.texts(),
                        100 * settings.confidence(),
                        Check.points(decides.lower()),
                        Check.points(-settings.tolerance()),
                        measures.get(1).title(),
                        Check.points(other.difference()),
                        other.worseByChance())));
    }

    private void slices(Writings champion) {
        SliceLosses losses = new SliceLosses(settings, "chrF2", "points of chrF2");
        Slices.of(candidate.rows()).forEach((name, rows) -> {
            if (rows.size() >= settings.minSliceRows()) {
                PairedDifference slice = difference(candidate.part(rows), champion.part(rows), Measure.CHRF);
                losses.add(name, rows.size(), slice.difference(), slice.worseByChance());
            }
        });
        checks.add(losses.check());
    }

    /** Faults that a mean may hide: texts left as they are, nothing written, the same of everything, other lengths. */
    private void writesProperly(Writings champion) {
        double rows = candidate.rows().size();
        double copies = (candidate.copies() - champion.copies()) / rows;
        double empty = (candidate.empty() - champion.empty()) / rows;
        checks.add(new Check(
                "texts written",
                copies <= NOTICEABLE && empty <= NOTICEABLE,
                Check.text(
                        "%d rows are copied, %d left empty (champion %d and %d); at most %.0f %% of the rows more",
                        candidate.copies(), candidate.empty(), champion.copies(), champion.empty(), 100 * NOTICEABLE)));
        double same = candidate.topShare();
        checks.add(new Check(
                "different texts",
                same <= Math.max(candidate.wantedTopShare(), champion.topShare()) + SAME_TEXT,
                Check.text(
                        "the most frequent text is written of %.0f %% of the rows, people wrote one of %.0f %%",
                        100 * same, 100 * candidate.wantedTopShare())));
        boolean likeBefore = Math.abs(candidate.length() - champion.length()) <= OTHER_LENGTH * champion.length();
        boolean nearer = Math.abs(candidate.length() - 1) <= Math.abs(champion.length() - 1);
        metrics.put("candidate/lengthRatio", candidate.length());
        checks.add(new Check(
                "length",
                likeBefore || nearer,
                Check.text(
                        "%.2f times as long as people's texts, the champion's %.2f times",
                        candidate.length(), champion.length())));
    }

    private PairedDifference difference(Writings one, Writings other, Measure measure) {
        return one.minus(other, measure, bootstrap, settings.confidence());
    }

    private void put(String who, Writings writings) {
        measures.forEach(measure -> metrics.put(who + "/" + measure.key(), writings.score(measure)));
    }
}
