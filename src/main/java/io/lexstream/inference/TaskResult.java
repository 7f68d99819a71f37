package io.lexstream.inference;

import io.lexstream.model.ModelVersion;
import io.lexstream.runtime.InferenceException;
import java.time.Duration;

/** How one task ended for one text. */
public sealed interface TaskResult {
    ModelVersion model();

    /**
     * The model's output for the text.
     *
     * @param queued from submission to the start of the text's window
     * @param inference wall time of the text's batch for this task
     * @param batchTexts texts in that batch
     */
    record Success(ModelVersion model, TextOutput output, Duration queued, Duration inference, int batchTexts)
            implements TaskResult {
        /** The text's part of its batch's time. */
        public Duration inferencePerText() {
            return inference.dividedBy(batchTexts);
        }
    }

    /** The model works, but not on this text: it failed alone, and a plain text passed right after it. */
    record Failure(ModelVersion model, InferenceException cause) implements TaskResult {}
}
