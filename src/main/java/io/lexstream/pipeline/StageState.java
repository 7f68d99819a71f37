package io.lexstream.pipeline;

import io.lexstream.inference.TaskResult;
import io.lexstream.model.ModelVersion;

/** How far one stage has come with one text. */
public sealed interface StageState {
    /** It waits for another stage to end. */
    record Waiting() implements StageState {}

    /**
     * It may run, or runs.
     *
     * @param text what it reads
     */
    record Ready(String text) implements StageState {
        /** Shows no text. */
        @Override
        public String toString() {
            return "Ready[" + text.length() + " characters]";
        }
    }

    /** @param reason the condition that does not hold */
    record Skipped(String reason) implements StageState {}

    /** @param onTranslation whether it read the translation, not the original */
    record Done(TaskResult.Success result, boolean onTranslation) implements StageState {}

    /**
     * @param model the version that failed on the text
     * @param reason for people; holds nothing of the text
     * @param onTranslation whether it read the translation, not the original
     */
    record Failed(ModelVersion model, String reason, boolean onTranslation) implements StageState {}

    /** Whether nothing more will come of it. */
    default boolean hasEnded() {
        return !(this instanceof Waiting || this instanceof Ready);
    }
}
