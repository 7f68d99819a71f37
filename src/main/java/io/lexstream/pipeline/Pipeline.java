package io.lexstream.pipeline;

import io.lexstream.inference.Chain;
import io.lexstream.inference.Step;
import io.lexstream.inference.TaskResult;
import io.lexstream.language.LanguageIdentifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The stages, and how texts go through them: as a {@link Chain} before, as a {@link Course} after. */
public final class Pipeline {
    private final PipelineStages stages;
    private final Set<String> otherTasks;
    private final Function<String, ToldLanguage> identifier;

    /**
     * @param tasks all tasks; those that are no stage read every original, whatever the stages say
     * @param identifier tells the language where no stage translates
     */
    public Pipeline(PipelineStages stages, Collection<String> tasks, Optional<LanguageIdentifier> identifier) {
        this.stages = stages;
        this.otherTasks = new LinkedHashSet<>(tasks);
        otherTasks.removeAll(stages.names());
        this.identifier = identifier
                .<Function<String, ToldLanguage>>map(tells -> text -> ToldLanguage.by(tells.identify(text)))
                .orElse(text -> ToldLanguage.UNKNOWN);
    }

    /** Whether the task is one of the stages. */
    public boolean hasStage(String task) {
        return stages.names().contains(task);
    }

    /**
     * The text's way, for the engine. Stages that may begin at the same time and read the same text are one step.
     *
     * @param trialSlots the slots on trial that read the event, too, by task
     */
    public Chain chain(String text, Map<String, String> trialSlots) {
        return results -> {
            Map<String, Set<String>> tasksByText = new LinkedHashMap<>();
            if (!otherTasks.isEmpty()) {
                tasksByText.put(text, new LinkedHashSet<>(otherTasks));
            }
            course(text, results).states().forEach((stage, state) -> {
                if (state instanceof StageState.Ready ready) {
                    tasksByText
                            .computeIfAbsent(ready.text(), read -> new LinkedHashSet<>())
                            .add(stage);
                }
            });
            return tasksByText.entrySet().stream()
                    .map(step -> new Step(step.getKey(), step.getValue(), slots(step.getValue(), trialSlots)))
                    .toList();
        };
    }

    /** How far the text has come with those results. */
    public Course course(String text, Map<String, TaskResult> results) {
        return new Course(stages.stages(), identifier, text, results);
    }

    private static Set<String> slots(Set<String> tasks, Map<String, String> trialSlots) {
        return tasks.stream()
                .filter(trialSlots::containsKey)
                .map(task -> Objects.requireNonNull(trialSlots.get(task)))
                .collect(Collectors.toSet());
    }
}
