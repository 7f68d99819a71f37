package io.lexstream.trainer.service;

import io.lexstream.events.Reason;
import io.lexstream.inference.GeneratedText;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import io.lexstream.inference.WrittenText;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.LabelKind;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TextRuns;
import io.lexstream.trainer.WrittenTexts;
import io.lexstream.trainer.gate.AuditReport;
import io.lexstream.trainer.gate.PairRules;
import io.lexstream.trainer.metrics.ChrF;
import io.lexstream.trainer.seq2seq.TrustedPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labels of models that generate text: the text that a person would have written. */
record WrittenLabels(GenerationTask task) implements LabelForm {
    /** Longest correction, as of texts: a char takes at most three bytes. */
    private static final int MOST_CHARACTERS = LabelReader.MAX_TEXT_BYTES / 3;

    @Override
    public Wanted wanted(TextLabel label) {
        if (label.getKind() == LabelKind.STAR_RATING) {
            return Wanted.refused(Reason.UNKNOWN_LABEL, "a rating does not say what the model should have written");
        }
        if (label.getValue().isBlank()) {
            return Wanted.refused(Reason.EMPTY_TEXT, "the corrected text is empty");
        }
        return label.getValue().length() > MOST_CHARACTERS
                ? Wanted.refused(Reason.TOO_LARGE, "the corrected text is too long to learn from")
                : new Wanted.Target(label.getValue());
    }

    @Override
    public Optional<String> objection(TrainingExample example) {
        return PairRules.objection(task, example.getText(), example.getLabel());
    }

    @Override
    public AuditReport audit(
            TrainerParts parts, List<TrainingExample> fresh, List<LabeledText> trusted, TextModel champion) {
        return parts.pairAudit().audit(task, fresh, trusted, champion);
    }

    @Override
    public List<LabeledTexts> trusted(List<Path> files, ModelPackage champion) throws IOException {
        List<LabeledTexts> trusted = new ArrayList<>();
        for (TextPairs pairs : TrustedPairs.read(task, files, champion)) {
            List<LabeledText> rows = pairs.rows().stream()
                    .map(pair -> new LabeledText(pair.source(), pair.target()))
                    .toList();
            trusted.add(new LabeledTexts(pairs.name(), pairs.sha256(), rows, pairs.skipped()));
        }
        return trusted;
    }

    /**
     * With what the champion writes of them (Kim and Rush 2016, "Sequence-Level Knowledge Distillation"), where it
     * comes to an end, is no mere copy, and has no word that people take out of what it writes.
     */
    @Override
    public List<TrainingRow> rehearsed(
            TextModel champion, List<TrainingRow> labelled, List<TextEvent> texts, double weight, Progress progress) {
        List<String> corrected = labelled.stream().map(TrainingRow::text).toList();
        DisputedWords disputed = new DisputedWords(
                WrittenTexts.of(champion, "corrected texts", corrected, progress),
                labelled.stream().map(TrainingRow::label).toList());
        List<TextOutput> written = TextRuns.of(
                champion, "rehearsal", texts.stream().map(TextEvent::getText).toList(), progress);
        List<TrainingRow> rows = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            TextEvent event = texts.get(i);
            Optional<String> text = whole(written.get(i))
                    .filter(target -> !disputed.anyIn(target))
                    .filter(target ->
                            PairRules.objection(task, event.getText(), target).isEmpty());
            if (text.isPresent()) {
                rows.add(new TrainingRow(
                        event.getText(), text.get(), weight, Map.of(), event.getLanguage(), event.getSource()));
            }
        }
        return rows;
    }

    /** What was generated, if it is worth repeating. */
    private static Optional<String> whole(TextOutput output) {
        boolean translated = output instanceof Translation translation
                && translation.status() == Translation.Status.TRANSLATED
                && !translation.deadlineReached();
        boolean generated = output instanceof GeneratedText text && !text.deadlineReached();
        return (translated || generated) && output instanceof WrittenText written && !written.truncated()
                ? Optional.of(written.text())
                : Optional.empty();
    }

    @Override
    public List<String> said(TextModel version, String name, List<String> texts) {
        return WrittenTexts.of(version, name, texts, Progress.silent());
    }

    /** chrF2 of the one text. */
    @Override
    public double nearness(String said, String label) {
        return ChrF.of(List.of(said), List.of(label));
    }

    @Override
    public String does() {
        return task == GenerationTask.TRANSLATION ? "Translates" : "Writes summaries";
    }
}
