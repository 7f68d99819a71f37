package io.lexstream.trainer.gate;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextModel;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextScores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks at labels before anything is trained on them: can they be learned, do their authors agree, does anything speak
 * against them? Honest corrections of a new domain contradict the champion too; but they teach the same thing whoever
 * gave them, and poison does not.
 *
 * <p>It finds noise, a loud author and one-sided sets. It does not find an attack by many authors who are consistent
 * with each other: only the trusted rows speak against that, at the {@link ReleaseGate}.
 */
public final class LabelAudit {
    /** Fewer trusted rows say too little about how learnable the task is. */
    private static final int ENOUGH_TRUSTED = 60;

    private static final double LEAST_KAPPA = 0.2;
    private static final double SIGNIFICANT = 0.01;
    private static final double PAST_WAS_MIXED = 0.8;
    private static final double HALF = 0.5;

    private final AuditSettings settings;
    private final Learner learner;

    public LabelAudit(AuditSettings settings, Learner learner) {
        this.settings = settings;
        this.learner = learner;
    }

    /**
     * Judges {@code fresh}, the labels since the champion was trained, one a text.
     *
     * @param trusted rows of the task that somebody vouches for
     * @param champion what serves now, which stays the caller's
     */
    public AuditReport audit(List<TrainingExample> fresh, List<LabeledText> trusted, Optional<TextModel> champion) {
        Audit audit = new Audit(trusted, champion);
        Authors authors = audit.weighAuthors(fresh);
        audit.judge(fresh.stream()
                .filter(example -> authors.believes(example.getAuthor()))
                .toList());
        return new AuditReport(audit.checks, authors.weights(), audit.metrics);
    }

    /** One audit, as far as it has come. */
    private final class Audit {
        private final List<LabeledText> trusted;
        private final Optional<TextModel> champion;
        private final CrossValidation validation = new CrossValidation(learner, settings.seed());
        private final List<Check> checks = new ArrayList<>();
        private final Map<String, Double> metrics = new TreeMap<>();

        Audit(List<LabeledText> trusted, Optional<TextModel> champion) {
            this.trusted = trusted;
            this.champion = champion;
        }

        /** Leaves out authors whom the others contradict, and turns down those who speak most of the time. */
        Authors weighAuthors(List<TrainingExample> fresh) {
            List<String> named = fresh.stream().map(TrainingExample::getAuthor).toList();
            Authors authors = new Authors(settings, named);
            checks.add(authors.weigh(contradicted(fresh, named, authors.most())));
            metrics.putAll(authors.metrics());
            return authors;
        }

        /** By author: labels that a model of the other authors' labels is sure are wrong. */
        private Map<String, Integer> contradicted(List<TrainingExample> fresh, List<String> authors, int most) {
            Map<String, Integer> contradicted = new HashMap<>();
            List<LabeledText> rows = rows(fresh);
            List<Optional<Classification>> said = validation.byAuthor(rows, authors, most);
            for (int row = 0; row < rows.size(); row++) {
                if (surelyNot(rows.get(row).label(), said.get(row))) {
                    contradicted.merge(authors.get(row), 1, Integer::sum);
                }
            }
            return contradicted;
        }

        void judge(List<TrainingExample> counted) {
            List<LabeledText> rows = rows(counted);
            oneSided(rows);
            if (rows.size() < settings.minRows()) {
                checks.add(Check.passed(
                        "labels",
                        "%d are too few to tell whether they can be learned; the gate has to".formatted(rows.size())));
                return;
            }
            List<Optional<Classification>> said = validation.byRow(rows);
            learnable(Learnability.of(rows, said));
            List<Optional<Classification>> champions = championsAnswers(rows);
            contradictedTwice(rows, said, champions);
            long authors =
                    counted.stream().map(TrainingExample::getAuthor).distinct().count();
            agreesWithChampion(rows, champions, authors);
        }

        /** A set of one label cannot be checked against itself, and pulls every answer to it. */
        private void oneSided(List<LabeledText> rows) {
            double share = topShare(rows);
            double past = trusted.isEmpty() ? 0 : topShare(trusted);
            boolean oneSided =
                    rows.size() >= settings.minRows() && share >= settings.oneLabelShare() && past <= PAST_WAS_MIXED;
            metrics.put("audit/topShare", share);
            checks.add(new Check(
                    "balance",
                    !oneSided,
                    text(
                            "the most frequent label is on %.0f %% of the rows (%s)%s",
                            100 * share,
                            trusted.isEmpty() ? "no trusted rows" : text("trusted rows: %.0f %%", 100 * past),
                            oneSided ? "; wait for labels of other kinds" : "")));
        }

        private void learnable(Learnability labels) {
            double needed = LEAST_KAPPA;
            String reference = "too few trusted rows to compare with";
            if (trusted.size() >= ENOUGH_TRUSTED) {
                List<LabeledText> sample = sample(trusted, labels.rows());
                Learnability task = Learnability.of(sample, validation.byRow(sample));
                needed = settings.minLearnability() * task.kappa();
                reference = text("%.2f of as many trusted rows", task.kappa());
            }
            metrics.put("audit/learnability", labels.kappa());
            checks.add(new Check(
                    "learnable",
                    labels.kappa() + labels.error() >= needed && labels.kappa() > 0,
                    text(
                            "labels are foretold by the others with kappa %.2f (standard error %.2f; %s); needed %.2f",
                            labels.kappa(), labels.error(), reference, needed)));
        }

        /** The other labels and the champion, or an unsure champion, both speak against a label: likely wrong. */
        private void contradictedTwice(
                List<LabeledText> rows, List<Optional<Classification>> said, List<Optional<Classification>> champions) {
            int contradicted = 0;
            for (int row = 0; row < rows.size(); row++) {
                String label = rows.get(row).label();
                boolean supported = champions
                        .get(row)
                        .filter(answer -> answer.label().equals(label) && sure(answer))
                        .isPresent();
                contradicted += surelyNot(label, said.get(row)) && !supported ? 1 : 0;
            }
            double share = contradicted / (double) rows.size();
            boolean noise = share > settings.maxContradicted()
                    && Binomial.atLeast(contradicted, rows.size(), settings.maxContradicted()) < SIGNIFICANT;
            metrics.put("audit/contradicted", share);
            checks.add(new Check(
                    "contradicted",
                    !noise,
                    text(
                            "%.1f %% of the labels are contradicted by the other labels and not borne out by the champion;"
                                    + " at most %.1f %%",
                            100 * share, 100 * settings.maxContradicted())));
        }

        private void agreesWithChampion(
                List<LabeledText> rows, List<Optional<Classification>> champions, long authors) {
            int asked = 0;
            int agreed = 0;
            for (int row = 0; row < rows.size(); row++) {
                if (champions.get(row).filter(this::sure).isPresent()) {
                    asked++;
                    agreed += champions
                                    .get(row)
                                    .get()
                                    .label()
                                    .equals(rows.get(row).label())
                            ? 1
                            : 0;
                }
            }
            boolean against = asked >= settings.minRows() && agreed < HALF * asked;
            metrics.put("audit/championAgreement", asked == 0 ? 1.0 : agreed / (double) asked);
            checks.add(new Check(
                    "champion",
                    !against || authors >= settings.minAuthors(),
                    text(
                            "agrees with %d of the champion's %d sure answers; labels of %d authors (%d are needed to"
                                    + " contradict most)",
                            agreed, asked, authors, settings.minAuthors())));
        }

        private List<Optional<Classification>> championsAnswers(List<LabeledText> rows) {
            if (champion.isEmpty()) {
                return Collections.nCopies(rows.size(), Optional.empty());
            }
            List<String> texts = rows.stream().map(LabeledText::text).toList();
            return TextScores.classify(champion.get(), "labels", texts, Progress.silent()).stream()
                    .map(Optional::of)
                    .toList();
        }

        private boolean surelyNot(String label, Optional<Classification> said) {
            return said.filter(answer -> !answer.label().equals(label) && sure(answer))
                    .isPresent();
        }

        private boolean sure(Classification answer) {
            return answer.confidence() >= settings.sure();
        }
    }

    private static List<LabeledText> rows(List<TrainingExample> examples) {
        return examples.stream()
                .map(example -> new LabeledText(example.getText(), example.getLabel()))
                .toList();
    }

    /** Every n-th row. */
    private static List<LabeledText> sample(List<LabeledText> rows, int most) {
        if (rows.size() <= most) {
            return rows;
        }
        List<LabeledText> sample = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            sample.add(rows.get((int) ((long) i * rows.size() / most)));
        }
        return sample;
    }

    private static double topShare(List<LabeledText> rows) {
        Map<String, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.label(), 1, Integer::sum));
        return counts.isEmpty() ? 1 : Collections.max(counts.values()) / (double) rows.size();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
