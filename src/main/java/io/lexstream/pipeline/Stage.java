package io.lexstream.pipeline;

import io.lexstream.inference.Classification;
import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.GeneratedText;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import java.util.List;
import java.util.Set;

/**
 * A task's place in the pipeline.
 *
 * @param name of the task
 * @param conditions all must hold, else the stage is skipped
 * @param onOriginal whether it reads the text as it was written, although it stands behind the translation
 */
record Stage(String name, List<Condition> conditions, boolean onOriginal) {
    static final String SPAM = "spam";
    static final String SENTIMENT = "sentiment";
    /** Its text is what the stages behind it read. */
    static final String TRANSLATION = "translation";

    static final String SUMMARY = "summary";

    /** Stages that write a text, and have no label that a condition could ask for. */
    static final Set<String> WRITING = Set.of(TRANSLATION, SUMMARY);

    Stage {
        conditions = List.copyOf(conditions);
    }

    boolean translates() {
        return name.equals(TRANSLATION);
    }

    /** Whether a model that says that is of the kind that the stage's name promises; other names promise none. */
    boolean admits(TextOutput output) {
        return switch (name) {
            case TRANSLATION -> output instanceof Translation;
            case SUMMARY -> output instanceof ExtractedSummary || output instanceof GeneratedText;
            case SPAM, SENTIMENT -> output instanceof Classification;
            default -> true;
        };
    }
}
