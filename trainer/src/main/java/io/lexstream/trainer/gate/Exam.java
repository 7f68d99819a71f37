package io.lexstream.trainer.gate;

import io.lexstream.inference.TextModel;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one kind of model is asked, and how two versions' answers are compared.
 *
 * @param <A> all answers of one model
 */
interface Exam<A> {
    /** @param kind as manifests name it */
    static Exam<?> of(String kind, GateSettings settings) {
        Optional<GenerationTask> written = GenerationTask.ofKind(kind);
        return written.isPresent() ? new WritingExam(written.get(), settings) : new LabelExam(settings);
    }

    /** The champion's golden cases, as far as they say what is right and not only what it said. */
    List<HeldOut.Row> golden(ModelManifest champion);

    /** What can be told of both without running them; none if nothing can. */
    Optional<Check> fits(ModelManifest candidate, ModelManifest champion);

    /** @param who what progress lines call the rows */
    A answers(String who, TextModel model, List<HeldOut.Row> rows, Progress progress);

    /**
     * The checks of a task's first version.
     *
     * @param metrics filled
     */
    List<Check> alone(A candidate, Map<String, Double> metrics);

    /**
     * The checks beside the version that serves now.
     *
     * @param trusted how many of the rows, from the first, are trusted
     * @param metrics filled
     */
    List<Check> beside(A candidate, A champion, int trusted, Map<String, Double> metrics);

    /**
     * Whether the candidate's int8 form is good enough beside its fp32 form.
     *
     * @param metrics filled
     */
    Int8 int8(A full, A small, Map<String, Double> metrics);

    /** @param figures a sentence */
    record Int8(boolean admitted, String figures) {}
}
