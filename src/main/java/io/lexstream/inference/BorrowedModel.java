package io.lexstream.inference;

import io.lexstream.model.ModelVersion;
import io.lexstream.runtime.InferenceException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One task's live model, borrowed for a window. Its answers are counted before anybody uses them. */
final class BorrowedModel implements AutoCloseable {
    /** What every model can read: if this fails too, then no text is to blame. */
    private static final String PLAIN_TEXT = "ok";

    private final String slot;
    private final ModelSlot.Lease lease;

    private BorrowedModel(String slot, ModelSlot.Lease lease) {
        this.slot = slot;
        this.lease = lease;
    }

    /** @throws InferenceException if the slot is empty */
    static BorrowedModel borrow(String task, ModelSlot slot) {
        try {
            return new BorrowedModel(task, slot.borrow());
        } catch (IllegalStateException e) {
            throw new InferenceException("task " + task + " has no model", e);
        }
    }

    /** As {@link #borrow}, of a slot that may be empty. */
    static Optional<BorrowedModel> tryBorrow(String name, ModelSlot slot) {
        return slot.tryBorrow().map(lease -> new BorrowedModel(name, lease));
    }

    /** The name that its slot has in the engine: the task, or what a slot on trial is called. */
    String slot() {
        return slot;
    }

    ModelVersion version() {
        return lease.version();
    }

    /** Tokens of each text, as {@link TextModel#lengths}. */
    int[] lengths(TextBatch batch) {
        return oneEach(batch, lease.model().lengths(batch));
    }

    /** What batches are cut by, as {@link TextModel#costs}. */
    int[] costs(TextBatch batch) {
        return oneEach(batch, lease.model().costs(batch));
    }

    private int[] oneEach(TextBatch batch, int @Nullable [] lengths) {
        if (lengths == null || lengths.length != batch.size()) {
            int count = lengths == null ? 0 : lengths.length;
            throw new InferenceException(version() + ": " + count + " lengths of " + batch.size() + " texts");
        }
        return lengths;
    }

    /** One output a text, as {@link TextModel#run}. */
    List<? extends TextOutput> run(TextBatch batch) {
        List<? extends TextOutput> outputs = lease.model().run(batch);
        if (outputs == null
                || outputs.size() != batch.size()
                || outputs.stream().anyMatch(output -> output == null)) {
            throw new InferenceException(version() + ": not one output for each of " + batch.size() + " texts");
        }
        return outputs;
    }

    /**
     * Runs a text that no model can fail on.
     *
     * @throws InferenceException if the model fails all the same: it is broken
     */
    void requireSound() {
        try {
            TextBatch plain = new TextBatch(List.of(PLAIN_TEXT));
            lengths(plain);
            run(plain);
            lease.model().probe();
        } catch (Exception e) {
            throw new InferenceException(version() + ": fails on a plain text, too", e);
        }
    }

    @Override
    public void close() {
        lease.close();
    }
}
