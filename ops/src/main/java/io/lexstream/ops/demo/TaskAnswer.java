package io.lexstream.ops.demo;

import io.lexstream.schemas.ClassificationResult;
import io.lexstream.schemas.SummaryMethod;
import io.lexstream.schemas.SummaryResult;
import io.lexstream.schemas.TranslationResult;
import io.lexstream.schemas.TranslationStatus;
import java.util.List;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;

/**
 * What one task said about an event, as people are shown it.
 *
 * @param label the class, or what kind of text was written
 * @param caption what a person is told of the text; empty if there is none
 * @param labels all that it might have been; empty if the task writes text
 * @param score probability of the label
 * @param text what the task wrote; empty if it wrote nothing new
 */
public record TaskAnswer(
        String eventId, String task, String label, List<String> labels, double score, String caption, String text) {
    public TaskAnswer {
        labels = List.copyOf(labels);
    }

    /** @throws IllegalArgumentException if the record is no task's result */
    static TaskAnswer of(SpecificRecord result) {
        if (result instanceof ClassificationResult said) {
            return new TaskAnswer(
                    said.getEventId(),
                    said.getTask(),
                    said.getLabel(),
                    List.copyOf(said.getScores().keySet()),
                    said.getScores().getOrDefault(said.getLabel(), 0.0),
                    "",
                    "");
        } else if (result instanceof TranslationResult translation) {
            boolean translated = translation.getStatus() == TranslationStatus.TRANSLATED;
            String from = translation.getSourceLanguage() + "-" + translation.getTargetLanguage();
            return written(
                    translation.getEventId(),
                    translation.getTask(),
                    translated ? from : name(translation.getStatus()),
                    from,
                    translated ? translation.getTranslation() : "");
        } else if (result instanceof SummaryResult summary) {
            boolean unchanged = summary.getMethod() == SummaryMethod.UNCHANGED;
            return written(
                    summary.getEventId(),
                    summary.getTask(),
                    name(summary.getMethod()),
                    caption(summary),
                    unchanged ? "" : summary.getSummary());
        }
        throw new IllegalArgumentException(result.getSchema().getFullName() + " is no task's result");
    }

    /** Whether the task writes text. */
    boolean writes() {
        return labels.isEmpty();
    }

    /** How much of the text a summary quotes. */
    private static String caption(SummaryResult summary) {
        return summary.getMethod() == SummaryMethod.EXTRACTIVE
                ? "summary, %d of %d".formatted(summary.getSummarySentences(), summary.getSourceSentences())
                : "summary";
    }

    private static TaskAnswer written(String eventId, String task, String label, String caption, String text) {
        return new TaskAnswer(eventId, task, label, List.of(), 1, caption, text);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
