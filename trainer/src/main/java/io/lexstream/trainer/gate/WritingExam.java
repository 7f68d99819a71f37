package io.lexstream.trainer.gate;

import io.lexstream.inference.TextModel;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.WrittenTexts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Translators and summarizers: by how near what they write is to what people wrote. */
record WritingExam(GenerationTask task, GateSettings settings) implements Exam<Writings> {
    /** None: its golden cases say what the champion wrote, which would then be all right by definition. */
    @Override
    public List<HeldOut.Row> golden(ModelManifest champion) {
        return List.of();
    }

    @Override
    public Optional<Check> fits(ModelManifest candidate, ModelManifest champion) {
        return Optional.empty();
    }

    @Override
    public Writings answers(String who, TextModel model, List<HeldOut.Row> rows, Progress progress) {
        List<String> texts = rows.stream().map(HeldOut.Row::text).toList();
        return Writings.of(task, rows, WrittenTexts.of(model, who, texts, progress));
    }

    @Override
    public List<Check> alone(Writings candidate, Map<String, Double> metrics) {
        return new WritingChecks(task, settings, candidate.rows().size(), candidate, metrics).alone();
    }

    @Override
    public List<Check> beside(Writings candidate, Writings champion, int trusted, Map<String, Double> metrics) {
        return new WritingChecks(task, settings, trusted, candidate, metrics).beside(champion);
    }

    @Override
    public Int8 int8(Writings full, Writings small, Map<String, Double> metrics) {
        boolean admitted = true;
        StringJoiner figures = new StringJoiner(", ");
        for (Measure measure : Measure.of(task)) {
            double loss = full.score(measure) - small.score(measure);
            metrics.put("int8/" + measure.key(), small.score(measure));
            admitted &= loss <= settings.maxInt8Loss();
            figures.add(String.format(Locale.ROOT, "%s %+.1f", measure.title(), -100 * loss));
        }
        metrics.put("int8/agreement", full.agreement(small));
        return new Int8(
                admitted,
                String.format(
                        Locale.ROOT,
                        "%s against fp32, %.1f %% of the texts are the same; at most %.1f may be lost of either",
                        figures,
                        100 * full.agreement(small),
                        100 * settings.maxInt8Loss()));
    }
}
