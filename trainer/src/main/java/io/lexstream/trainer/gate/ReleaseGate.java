package io.lexstream.trainer.gate;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextModel;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.InferenceException;
import io.lexstream.schemas.ModelFile;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides whether a candidate may serve. It opens the exported package with the code that will serve it, lets it and
 * the champion answer the same held-out rows, and asks of every way in which a version can be worse whether it is.
 *
 * <p>docs/decisions/009-release-gate.md says why the rules are as they are.
 */
public final class ReleaseGate {
    private static final String FP32 = "fp32";
    private static final String INT8 = "int8";

    private final GateSettings settings;
    private final PackageOpener opener;
    private final Optional<PackageOpener> int8;

    /**
     * @param opener opens packages as they serve in fp32
     * @param int8 opens their int8 form; empty = int8 is never admitted
     */
    public ReleaseGate(GateSettings settings, PackageOpener opener, Optional<PackageOpener> int8) {
        this.settings = settings;
        this.opener = opener;
        this.int8 = int8;
    }

    /**
     * Asks everything, and goes on after a check that failed: the reasons tell all that is wrong.
     *
     * @param champion what serves now; empty = the task has no version yet
     * @param data never trained on; the champion's golden cases join its trusted rows
     * @throws IllegalStateException if the champion does not open or run, which says nothing about the candidate
     */
    public Verdict judge(ModelPackage candidate, Optional<ModelPackage> champion, HeldOut data, Progress progress) {
        Run run = new Run(candidate, champion.isPresent() ? data.trusting(golden(champion.get())) : data, progress);
        run.fits(champion);
        try (TextModel model = opener.open(candidate)) {
            run.checks.add(Check.passed(
                    "opens", candidate.manifest().getGoldenCases().size() + " golden cases of its own are right"));
            run.measure(model, champion);
            return run.verdict();
        } catch (ModelRejectedException | InferenceException e) {
            run.checks.add(Check.failed("opens", String.valueOf(e.getMessage())));
            return run.verdict();
        }
    }

    private static List<HeldOut.Row> golden(ModelPackage champion) {
        return champion.manifest().getGoldenCases().stream()
                .map(golden -> new HeldOut.Row(golden.getText(), golden.getLabel(), "", "golden cases"))
                .toList();
    }

    /** One judgement, as far as it has come. */
    private final class Run {
        private final ModelPackage candidate;
        private final HeldOut data;
        private final Progress progress;
        private final List<Check> checks = new ArrayList<>();
        private final Map<String, Double> metrics = new TreeMap<>();
        private final List<String> precisions = new ArrayList<>(List.of(FP32));

        Run(ModelPackage candidate, HeldOut data, Progress progress) {
            this.candidate = candidate;
            this.data = data;
            this.progress = progress;
        }

        Verdict verdict() {
            return Verdict.of(checks, metrics, precisions);
        }

        /** What can be told without running it. */
        void fits(Optional<ModelPackage> champion) {
            BaseEncoders encoders = BaseEncoders.onClassPath();
            long bytes = candidate.manifest().getFiles().stream()
                    .filter(file -> !encoders.isBundled(file.getSha256()))
                    .mapToLong(ModelFile::getBytes)
                    .sum();
            metrics.put("bytes", (double) bytes);
            checks.add(new Check(
                    "size",
                    bytes <= settings.maxBytes(),
                    "publishing sends %,d bytes, at most %,d".formatted(bytes, settings.maxBytes())));
            if (champion.isPresent()) {
                List<String> missing = new ArrayList<>(champion.get().manifest().getLabels());
                missing.removeAll(candidate.manifest().getLabels());
                checks.add(new Check(
                        "label set",
                        missing.isEmpty(),
                        missing.isEmpty()
                                ? "has the labels " + candidate.manifest().getLabels()
                                : "lacks the champion's labels " + missing));
            }
        }

        void measure(TextModel model, Optional<ModelPackage> champion) {
            if (data.all().isEmpty()) {
                checks.add(Check.failed("held-out rows", "there are none, so nothing is known of the candidate"));
                return;
            }
            Answers answers = answers("candidate", model);
            QualityChecks quality = new QualityChecks(settings, data.trusted().size(), answers, metrics);
            if (champion.isEmpty()) {
                checks.addAll(quality.alone());
            } else {
                try (TextModel serving = openChampion(champion.get())) {
                    checks.addAll(quality.beside(championsAnswers(serving)));
                    pace(model, serving);
                }
            }
            if (int8.isPresent()) {
                admitInt8(int8.get(), answers);
            }
        }

        private TextModel openChampion(ModelPackage champion) {
            try {
                return opener.open(champion);
            } catch (ModelRejectedException e) {
                throw new IllegalStateException("the champion " + champion.version() + " does not open", e);
            }
        }

        private Answers championsAnswers(TextModel serving) {
            try {
                return answers("champion", serving);
            } catch (InferenceException e) {
                throw new IllegalStateException("the champion does not run", e);
            }
        }

        private Answers answers(String who, TextModel model) {
            List<HeldOut.Row> rows = data.all();
            List<Classification> said = TextScores.classify(
                    model, who, rows.stream().map(HeldOut.Row::text).toList(), progress);
            return new Answers(rows, said);
        }

        private void pace(TextModel model, TextModel serving) {
            Pace pace = Pace.of(
                    model, serving, data.all().stream().map(HeldOut.Row::text).toList());
            metrics.put("secondsPerText", pace.seconds());
            metrics.put("slowdown", pace.ratio());
            checks.add(new Check(
                    "speed",
                    pace.ratio() <= settings.maxSlowdown(),
                    String.format(
                            Locale.ROOT,
                            "%.1f ms per text, %.2f times the champion's; at most %.2f times",
                            1000 * pace.seconds(),
                            pace.ratio(),
                            settings.maxSlowdown())));
        }

        /** Never a reason to refuse the version: it then serves in fp32 only. */
        private void admitInt8(PackageOpener opener8, Answers full) {
            try (TextModel model = opener8.open(candidate)) {
                Answers small = answers(INT8, model);
                double loss = full.report().macroF1() - small.report().macroF1();
                double agreement = full.agreement(small);
                metrics.put("int8/macroF1", small.report().macroF1());
                metrics.put("int8/agreement", agreement);
                boolean admitted = loss <= settings.maxInt8Loss() && agreement >= settings.minInt8Agreement();
                if (admitted) {
                    precisions.add(INT8);
                }
                checks.add(Check.passed(
                        INT8,
                        String.format(
                                Locale.ROOT,
                                "%s: macro-F1 %+.1f against fp32, agreement %.1f %%; at most %.1f may be lost, at least"
                                        + " %.1f %% must agree",
                                admitted ? "admitted" : "not admitted",
                                -100 * loss,
                                100 * agreement,
                                100 * settings.maxInt8Loss(),
                                100 * settings.minInt8Agreement())));
            } catch (ModelRejectedException | InferenceException e) {
                checks.add(Check.passed(INT8, "not admitted: " + e.getMessage()));
            }
        }
    }
}
