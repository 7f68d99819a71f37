package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live models of a window's tasks, and those on trial that its texts ask for, borrowed together: one version a slot
 * for as long as the window runs.
 */
final class BorrowedModels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BorrowedModels.class);

    private final List<BorrowedModel> models = new ArrayList<>();
    private final List<BorrowedModel> trials = new ArrayList<>();

    private BorrowedModels() {}

    /**
     * @param slots of all tasks, in the order in which they run
     * @param trials slots that may be empty, by name; borrowed if one of {@code texts} asks for it
     * @param texts which all go through the same tasks
     * @throws InferenceException if a task has no model, or is none
     */
    static BorrowedModels borrow(Map<String, ModelSlot> slots, Map<String, ModelSlot> trials, List<PendingText> texts) {
        Set<String> tasks = texts.get(0).tasks();
        if (!slots.keySet().containsAll(tasks)) {
            throw new InferenceException("not all of " + tasks + " are tasks: " + slots.keySet());
        }
        BorrowedModels borrowed = new BorrowedModels();
        try {
            slots.forEach((task, slot) -> {
                if (tasks.contains(task)) {
                    borrowed.models.add(BorrowedModel.borrow(task, slot));
                }
            });
            trials.forEach((name, slot) -> {
                if (texts.stream().anyMatch(text -> text.trials().contains(name))) {
                    BorrowedModel.tryBorrow(name, slot).ifPresent(borrowed.trials::add);
                }
            });
            return borrowed;
        } catch (InferenceException e) {
            borrowed.close();
            throw e;
        }
    }

    /** One a task. */
    List<BorrowedModel> models() {
        return models;
    }

    /** Those on trial. */
    List<BorrowedModel> trials() {
        return trials;
    }

    /** Gives the models back, which closes those that were replaced meanwhile. */
    @Override
    public void close() {
        models.forEach(BorrowedModels::giveBack);
        trials.forEach(BorrowedModels::giveBack);
    }

    private static void giveBack(BorrowedModel model) {
        try {
            model.close();
        } catch (RuntimeException e) {
            // Its texts have their results; what it still holds is lost, the next window runs on.
            LOG.atWarn().addKeyValue("model", model.version()).setCause(e).log("a replaced model could not be closed");
        }
    }
}
