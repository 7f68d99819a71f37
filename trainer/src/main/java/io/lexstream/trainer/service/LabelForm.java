package io.lexstream.trainer.service;

import io.lexstream.events.Decoded;
import io.lexstream.events.Reason;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.gate.AuditReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What people's labels are to one kind of model: the name of a class, or the text that it should have written. All of a
 * run that depends on the kind is here; the rest is the same for all.
 */
sealed interface LabelForm permits NamedLabels, WrittenLabels, NoLabels {
    /** What the labels of a task are whose model is not there yet. */
    static LabelForm any() {
        return new NamedLabels(List.of());
    }

    static LabelForm of(ModelManifest model) {
        Optional<GenerationTask> written = GenerationTask.ofKind(model.getKind());
        if (written.isEmpty()) {
            return new NamedLabels(model.getLabels());
        }
        boolean generates = model.getFiles().stream().anyMatch(file -> file.getRole() == FileRole.ENCODER);
        return generates ? new WrittenLabels(written.get()) : NoLabels.QUOTES;
    }

    /** What a person's label says that the model should say. */
    sealed interface Wanted {
        /** @param said a class's name, or a text */
        record Target(String said) implements Wanted {}

        /** It says nothing that this model can learn. */
        record Refused(Decoded.Bad why) implements Wanted {}

        static Wanted refused(Reason reason, String message) {
            return new Refused(new Decoded.Bad(reason, message));
        }
    }

    Wanted wanted(TextLabel label);

    /** Why no run trains from such labels; empty if runs do. */
    default Optional<String> untrainable() {
        return Optional.empty();
    }

    /** Why an example is in no part of a training set, in a few words; empty if it may be. */
    Optional<String> objection(TrainingExample example);

    /**
     * Whether labels may be trained on.
     *
     * @param fresh the labels since the champion was made
     * @param champion stays the caller's
     */
    AuditReport audit(TrainerParts parts, List<TrainingExample> fresh, List<LabeledText> trusted, TextModel champion);

    /** The rows of the operator's files that are for this task; a file of other tasks' rows gives none. */
    List<LabeledTexts> trusted(List<Path> files, ModelPackage champion) throws IOException;

    /**
     * Recent texts with what the champion says of them, for a candidate to go on saying; without what {@code labelled}
     * speaks against.
     *
     * @param labelled what people have said of other texts
     */
    List<TrainingRow> rehearsed(
            TextModel champion, List<TrainingRow> labelled, List<TextEvent> texts, double weight, Progress progress);

    /** What a version says of texts, one a text, in the form of a label. */
    List<String> said(TextModel version, String name, List<String> texts);

    /** How near what a version said is to a person's label, 0 to 1. */
    double nearness(String said, String label);

    /** What such a model does, as the beginning of a sentence. */
    String does();
}
