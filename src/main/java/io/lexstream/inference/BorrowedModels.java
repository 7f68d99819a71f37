package io.lexstream.inference;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live models of all tasks, borrowed together: one version a task for as long as a window runs. */
final class BorrowedModels implements Iterable<BorrowedModel>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BorrowedModels.class);

    private final List<BorrowedModel> models = new ArrayList<>();

    private BorrowedModels() {}

    /** @throws InferenceException if a task has no model */
    static BorrowedModels borrow(Map<String, ModelSlot> slots) {
        BorrowedModels borrowed = new BorrowedModels();
        try {
            slots.forEach((task, slot) -> borrowed.models.add(BorrowedModel.borrow(task, slot)));
            return borrowed;
        } catch (InferenceException e) {
            borrowed.close();
            throw e;
        }
    }

    @Override
    public Iterator<BorrowedModel> iterator() {
        return models.iterator();
    }

    /** Gives the models back, which closes those that were replaced meanwhile. */
    @Override
    public void close() {
        for (BorrowedModel model : models) {
            try {
                model.close();
            } catch (RuntimeException e) {
                // Its texts have their results; what it still holds is lost, the next window runs on.
                LOG.atWarn()
                        .addKeyValue("model", model.version())
                        .setCause(e)
                        .log("a replaced model could not be closed");
            }
        }
    }
}
