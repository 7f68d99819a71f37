package io.lexstream.processors;

import io.lexstream.inference.ModelSlot;
import io.lexstream.model.ModelVersion;
import io.lexstream.processors.ModelSource.OpenedModel;
import java.util.Optional;

/**
 * One task's place for a version on trial: its model, for the engine, and its trial. One thread fills and empties it.
 */
final class TrialSlot implements AutoCloseable {
    private final ModelSlot models;
    private volatile Optional<Trial> trial = Optional.empty();

    TrialSlot(String task) {
        this.models = new ModelSlot(task);
    }

    /** Where the engine finds the model. */
    ModelSlot models() {
        return models;
    }

    /** The trial that was begun last and not ended, tripped or not. */
    Optional<Trial> trial() {
        return trial;
    }

    /** Whether that version's model is here. */
    boolean holds(String version) {
        return models.serving()
                .map(ModelVersion::version)
                .filter(version::equals)
                .isPresent();
    }

    /** Takes ownership of the model. */
    void put(OpenedModel opened) {
        trial = Optional.empty();
        models.swap(opened.version(), opened.model());
    }

    void begin(Trial next) {
        trial = Optional.of(next);
    }

    /** Gives the model's memory back; the trial stays known. */
    void empty() {
        models.empty();
    }

    /** Nothing is on trial any more. Returns whether something was. */
    boolean end() {
        boolean was = trial.isPresent();
        trial = Optional.empty();
        models.empty();
        return was;
    }

    @Override
    public void close() {
        models.close();
    }
}
