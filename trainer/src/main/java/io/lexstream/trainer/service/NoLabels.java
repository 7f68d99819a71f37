package io.lexstream.trainer.service;

import io.lexstream.events.Reason;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.gate.AuditReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Labels of models that the service does not train: each is a dead letter, and a run that is asked for says so.
 *
 * @param why for people
 */
record NoLabels(String why) implements LabelForm {
    /** A ranker is fitted in minutes to many summaries; a few corrected ones say little about which sentence counts. */
    static final NoLabels QUOTES =
            new NoLabels("the task's model quotes sentences: it is trained from files of summaries"
                    + " (train --task summary), not from corrections");

    @Override
    public Wanted wanted(TextLabel label) {
        return Wanted.refused(Reason.UNKNOWN_LABEL, why);
    }

    @Override
    public Optional<String> untrainable() {
        return Optional.of(why);
    }

    @Override
    public Optional<String> objection(TrainingExample example) {
        return Optional.of("not learnt from");
    }

    @Override
    public AuditReport audit(
            TrainerParts parts, List<TrainingExample> fresh, List<LabeledText> trusted, TextModel champion) {
        throw new IllegalStateException(why);
    }

    @Override
    public List<LabeledTexts> trusted(List<Path> files, ModelPackage champion) {
        return List.of();
    }

    @Override
    public List<TrainingRow> rehearsed(
            TextModel champion, List<TrainingRow> labelled, List<TextEvent> texts, double weight, Progress progress) {
        return List.of();
    }

    @Override
    public List<String> said(TextModel version, String name, List<String> texts) {
        throw new IllegalStateException(why);
    }

    @Override
    public double nearness(String said, String label) {
        return 0;
    }

    @Override
    public String does() {
        return "Quotes what matters";
    }
}
