package io.lexstream.trainer.gate;

import io.lexstream.inference.TextModel;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Classifiers: by macro-F1, and by which rows are right. */
record LabelExam(GateSettings settings) implements Exam<Answers> {
    @Override
    public List<HeldOut.Row> golden(ModelManifest champion) {
        return champion.getGoldenCases().stream()
                .map(golden -> new HeldOut.Row(golden.getText(), golden.getLabel(), "", "golden cases"))
                .toList();
    }

    @Override
    public Optional<Check> fits(ModelManifest candidate, ModelManifest champion) {
        List<String> missing = new ArrayList<>(champion.getLabels());
        missing.removeAll(candidate.getLabels());
        return Optional.of(new Check(
                "label set",
                missing.isEmpty(),
                missing.isEmpty()
                        ? "has the labels " + candidate.getLabels()
                        : "lacks the champion's labels " + missing));
    }

    @Override
    public Answers answers(String who, TextModel model, List<HeldOut.Row> rows, Progress progress) {
        List<String> texts = rows.stream().map(HeldOut.Row::text).toList();
        return new Answers(rows, TextScores.classify(model, who, texts, progress));
    }

    @Override
    public List<Check> alone(Answers candidate, Map<String, Double> metrics) {
        return new QualityChecks(settings, candidate.rows().size(), candidate, metrics).alone();
    }

    @Override
    public List<Check> beside(Answers candidate, Answers champion, int trusted, Map<String, Double> metrics) {
        return new QualityChecks(settings, trusted, candidate, metrics).beside(champion);
    }

    @Override
    public Int8 int8(Answers full, Answers small, Map<String, Double> metrics) {
        double loss = full.report().macroF1() - small.report().macroF1();
        double agreement = full.agreement(small);
        metrics.put("int8/macroF1", small.report().macroF1());
        metrics.put("int8/agreement", agreement);
        return new Int8(
                loss <= settings.maxInt8Loss() && agreement >= settings.minInt8Agreement(),
                String.format(
                        Locale.ROOT,
                        "macro-F1 %+.1f against fp32, agreement %.1f %%; at most %.1f may be lost, at least %.1f %% must"
                                + " agree",
                        -100 * loss,
                        100 * agreement,
                        100 * settings.maxInt8Loss(),
                        100 * settings.minInt8Agreement()));
    }
}
