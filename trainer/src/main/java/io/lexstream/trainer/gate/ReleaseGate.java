package io.lexstream.trainer.gate;

import io.lexstream.inference.TextModel;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.InferenceException;
import io.lexstream.schemas.ModelFile;
import io.lexstream.trainer.Progress;
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
     * @param data never trained on; a classifier's golden cases join its trusted rows
     * @throws IllegalStateException if the champion does not open or run, which says nothing about the candidate
     */
    public Verdict judge(ModelPackage candidate, Optional<ModelPackage> champion, HeldOut data, Progress progress) {
        return judge(Exam.of(candidate.manifest().getKind(), settings), candidate, champion, data, progress);
    }

    private <A> Verdict judge(
            Exam<A> exam, ModelPackage candidate, Optional<ModelPackage> champion, HeldOut data, Progress progress) {
        HeldOut all =
                champion.isPresent() ? data.trusting(exam.golden(champion.get().manifest())) : data;
        Run<A> run = new Run<>(exam, candidate, all, progress);
        if (!run.fits(champion)) {
            return run.verdict();
        }
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

    /** One judgement, as far as it has come. */
    private final class Run<A> {
        private final Exam<A> exam;
        private final ModelPackage candidate;
        private final HeldOut data;
        private final Progress progress;
        private final List<Check> checks = new ArrayList<>();
        private final Map<String, Double> metrics = new TreeMap<>();
        private final List<String> precisions = new ArrayList<>(List.of(FP32));

        Run(Exam<A> exam, ModelPackage candidate, HeldOut data, Progress progress) {
            this.exam = exam;
            this.candidate = candidate;
            this.data = data;
            this.progress = progress;
        }

        Verdict verdict() {
            return Verdict.of(checks, metrics, precisions);
        }

        /** What can be told without running it; false if it cannot be compared with the champion at all. */
        boolean fits(Optional<ModelPackage> champion) {
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
            if (champion.isEmpty()) {
                return true;
            }
            String kind = candidate.manifest().getKind();
            String before = champion.get().manifest().getKind();
            if (!kind.equals(before)) {
                checks.add(Check.failed("kind", "it is of kind " + kind + ", the champion of kind " + before));
                return false;
            }
            exam.fits(candidate.manifest(), champion.get().manifest()).ifPresent(checks::add);
            return true;
        }

        void measure(TextModel model, Optional<ModelPackage> champion) {
            if (data.all().isEmpty()) {
                checks.add(Check.failed("held-out rows", "there are none, so nothing is known of the candidate"));
                return;
            }
            A answers = exam.answers("candidate", model, data.all(), progress);
            if (champion.isEmpty()) {
                checks.addAll(exam.alone(answers, metrics));
            } else {
                try (TextModel serving = openChampion(champion.get())) {
                    A champions = championsAnswers(serving);
                    checks.addAll(exam.beside(answers, champions, data.trusted().size(), metrics));
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

        private A championsAnswers(TextModel serving) {
            try {
                return exam.answers("champion", serving, data.all(), progress);
            } catch (InferenceException e) {
                throw new IllegalStateException("the champion does not run", e);
            }
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
        private void admitInt8(PackageOpener opener8, A full) {
            try (TextModel model = opener8.open(candidate)) {
                A small = exam.answers(INT8, model, data.all(), progress);
                Exam.Int8 int8Form = exam.int8(full, small, metrics);
                if (int8Form.admitted()) {
                    precisions.add(INT8);
                }
                checks.add(Check.passed(
                        INT8, (int8Form.admitted() ? "admitted: " : "not admitted: ") + int8Form.figures()));
            } catch (ModelRejectedException | InferenceException e) {
                checks.add(Check.passed(INT8, "not admitted: " + e.getMessage()));
            }
        }
    }
}
