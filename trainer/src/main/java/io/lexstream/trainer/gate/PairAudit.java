package io.lexstream.trainer.gate;

import io.lexstream.inference.TextModel;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.RowSample;
import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.WrittenTexts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks at corrected translations and summaries before anything is trained on them: can they be right at all, do they
 * belong to their texts, do they differ? The {@link LabelAudit} of corrections that are texts.
 *
 * <p>It finds copies, empty ones, shuffled ones, and one answer to everything. It does not find wrong words in the
 * right places: only the trusted rows speak against those, at the {@link ReleaseGate}.
 */
public final class PairAudit {
    /** More would not change the verdict, and each costs the champion's time. */
    private static final int MOST_ROWS = 400;

    private static final int ENOUGH_TRUSTED = 20;
    private static final double LEAST_FIT = 0.2;
    private static final double SIGNIFICANT = 0.01;
    private static final double HALF = 0.5;

    private final AuditSettings settings;

    public PairAudit(AuditSettings settings) {
        this.settings = settings;
    }

    /**
     * Judges {@code fresh}, the corrections since the champion was trained.
     *
     * @param trusted rows of the task that somebody vouches for
     * @param champion what serves now, which stays the caller's
     */
    public AuditReport audit(
            GenerationTask task, List<TrainingExample> fresh, List<LabeledText> trusted, TextModel champion) {
        List<TrainingExample> rows = RowSample.of(fresh, TrainingExample::getText, MOST_ROWS, settings.seed());
        Audit audit = new Audit(task, trusted, champion, rows);
        Authors authors = audit.weighAuthors();
        audit.judge(authors);
        return new AuditReport(audit.checks, authors.weights(), audit.metrics);
    }

    /** One audit, as far as it has come. */
    private final class Audit {
        private final List<LabeledText> trusted;
        private final TextModel champion;
        private final List<TrainingExample> rows;
        private final boolean[] impossible;
        private final PairFit fit;
        private final List<Check> checks = new ArrayList<>();
        private final Map<String, Double> metrics = new TreeMap<>();

        Audit(GenerationTask task, List<LabeledText> trusted, TextModel champion, List<TrainingExample> rows) {
            this.trusted = trusted;
            this.champion = champion;
            this.rows = rows;
            this.impossible = new boolean[rows.size()];
            for (int row = 0; row < rows.size(); row++) {
                TrainingExample example = rows.get(row);
                impossible[row] = PairRules.objection(task, example.getText(), example.getLabel())
                        .isPresent();
            }
            this.fit = fit(
                    rows.stream().map(TrainingExample::getText).toList(),
                    rows.stream().map(TrainingExample::getLabel).toList());
        }

        private PairFit fit(List<String> texts, List<String> targets) {
            return PairFit.of(
                    WrittenTexts.of(champion, "corrections", texts, Progress.silent()), targets, settings.seed());
        }

        Authors weighAuthors() {
            Authors authors = new Authors(
                    settings, rows.stream().map(TrainingExample::getAuthor).toList());
            Map<String, Integer> contradicted = new HashMap<>();
            for (int row = 0; row < rows.size(); row++) {
                if (impossible[row] || fit.misfits(row)) {
                    contradicted.merge(rows.get(row).getAuthor(), 1, Integer::sum);
                }
            }
            checks.add(authors.weigh(contradicted));
            metrics.putAll(authors.metrics());
            return authors;
        }

        void judge(Authors authors) {
            List<Integer> counted = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                if (authors.believes(rows.get(row).getAuthor())) {
                    counted.add(row);
                }
            }
            possible(counted);
            different(counted);
            if (counted.size() < settings.minRows()) {
                checks.add(Check.passed(
                        "corrections",
                        "%d are too few to tell whether they belong to their texts; the gate has to"
                                .formatted(counted.size())));
                return;
            }
            belong(new PairFit(
                    counted.stream().mapToDouble(row -> fit.fits()[row]).toArray()));
        }

        private void possible(List<Integer> counted) {
            int bad = (int) counted.stream().filter(row -> impossible[row]).count();
            double share = bad / (double) Math.max(1, counted.size());
            boolean noise = share > settings.maxContradicted()
                    && Binomial.atLeast(bad, counted.size(), settings.maxContradicted()) < SIGNIFICANT;
            metrics.put("audit/impossible", share);
            checks.add(new Check(
                    "possible",
                    !noise,
                    text(
                            "%d of %d corrections are empty, copies of their texts, or far too long or short; at most"
                                    + " %.0f %% may be",
                            bad, counted.size(), 100 * settings.maxContradicted())));
        }

        /** One answer to different texts teaches a model to say nothing else. */
        private void different(List<Integer> counted) {
            Map<String, Integer> texts = new HashMap<>();
            counted.forEach(row -> texts.merge(TextPlace.normal(rows.get(row).getLabel()), 1, Integer::sum));
            int most = texts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
            double share = most / (double) Math.max(1, counted.size());
            metrics.put("audit/topShare", share);
            checks.add(new Check(
                    "different",
                    counted.size() < settings.minRows() || share < HALF,
                    text("the most frequent correction is given to %.0f %% of the texts", 100 * share)));
        }

        private void belong(PairFit corrections) {
            double needed = LEAST_FIT;
            double usualMisfits = 0;
            String reference = "too few trusted rows to compare with";
            if (trusted.size() >= ENOUGH_TRUSTED) {
                List<LabeledText> sample = RowSample.of(trusted, LabeledText::text, rows.size(), settings.seed());
                PairFit usual = fit(
                        sample.stream().map(LabeledText::text).toList(),
                        sample.stream().map(LabeledText::label).toList());
                needed = Math.max(0, settings.minLearnability() * usual.beyondChance());
                usualMisfits = usual.misfits() / (double) Math.max(1, usual.known());
                reference = text("%.2f of trusted rows", usual.beyondChance());
            }
            double belong = corrections.beyondChance();
            metrics.put("audit/belong", belong);
            checks.add(new Check(
                    "belong",
                    belong + corrections.error() >= needed && belong > 0,
                    text(
                            "corrections are nearer to what the champion wrote of their texts than those of other texts,"
                                    + " by %.2f beyond chance (standard error %.2f; %s); needed %.2f",
                            belong, corrections.error(), reference, needed)));
            int misfits = corrections.misfits();
            double most = Math.max(settings.maxContradicted(), usualMisfits);
            boolean noise = misfits > most * corrections.known()
                    && Binomial.atLeast(misfits, corrections.known(), most) < SIGNIFICANT;
            metrics.put("audit/contradicted", misfits / (double) Math.max(1, corrections.known()));
            checks.add(new Check(
                    "contradicted",
                    !noise,
                    text(
                            "of %d corrections %d fit other texts better than their own; at most %.0f %% may",
                            corrections.known(), misfits, 100 * most)));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
