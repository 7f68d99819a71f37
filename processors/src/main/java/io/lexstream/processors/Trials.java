package io.lexstream.processors;

import io.lexstream.inference.ModelSlot;
import io.lexstream.inference.TaskResult;
import io.lexstream.inference.TextOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions on trial of all tasks: which events they read, and whose answer goes out.
 *
 * <p>Both models run on an event that a challenger reads, so that they can be compared, and so that the champion's
 * answer is there when the challenger fails or its trial has just ended.
 */
final class Trials implements AutoCloseable {
    /** No task's name has this character. */
    private static final String SUFFIX = "@trial";

    private final Map<String, TrialSlot> slots = new LinkedHashMap<>();
    private final ProcessorMetrics metrics;

    Trials(Collection<String> tasks, ProcessorMetrics metrics) {
        tasks.forEach(task -> slots.put(task, new TrialSlot(task)));
        this.metrics = metrics;
    }

    /**
     * One task's answer to an event.
     *
     * @param answer what goes out
     * @param champion what the serving version says
     * @param challenger what the version on trial says beside it, if one runs
     */
    record Answer(String task, TaskResult answer, TaskResult champion, Optional<TextOutput> challenger) {}

    TrialSlot slot(String task) {
        return Objects.requireNonNull(slots.get(task), task);
    }

    /** The places of the models, for the engine. */
    Map<String, ModelSlot> engineSlots() {
        Map<String, ModelSlot> engineSlots = new LinkedHashMap<>();
        slots.forEach((task, slot) -> engineSlots.put(task + SUFFIX, slot.models()));
        return engineSlots;
    }

    /** The engine's slots whose models read the event of that key, by task. */
    Map<String, String> reading(byte @Nullable [] key, String eventId) {
        Map<String, String> reading = new HashMap<>();
        slots.forEach((task, slot) -> {
            if (slot.trial().filter(trial -> trial.reads(key, eventId)).isPresent()) {
                reading.put(task, task + SUFFIX);
            }
        });
        return reading;
    }

    /** Each task's answer, of what the engine's models said. */
    List<Answer> answers(Map<String, TaskResult> results, byte @Nullable [] key, String eventId) {
        List<Answer> answers = new ArrayList<>(slots.size());
        for (String task : slots.keySet()) {
            TaskResult champion = results.get(task);
            if (champion != null) {
                answers.add(running(task, results, key, eventId)
                        .map(trial -> answer(task, trial, champion, results))
                        .orElseGet(() -> new Answer(task, champion, champion, Optional.empty())));
            }
        }
        return answers;
    }

    /** The trial now, if its version has read the event: when the text was handed in, there may have been another. */
    private Optional<Trial> running(
            String task, Map<String, TaskResult> results, byte @Nullable [] key, String eventId) {
        TaskResult challenger = results.get(task + SUFFIX);
        return challenger == null
                ? Optional.empty()
                : slot(task)
                        .trial()
                        .filter(trial -> trial.challenger().equals(challenger.model()))
                        .filter(trial -> trial.reads(key, eventId));
    }

    private Answer answer(String task, Trial trial, TaskResult champion, Map<String, TaskResult> results) {
        TaskResult challenger = Objects.requireNonNull(results.get(task + SUFFIX));
        Comparison comparison = Comparison.of(champion, challenger, slowestChampion(results));
        trial.add(comparison);
        metrics.trialResult(task, comparison);
        return new Answer(
                task,
                trial.answers() && challenger instanceof TaskResult.Success ? challenger : champion,
                champion,
                challenger instanceof TaskResult.Success success ? Optional.of(success.output()) : Optional.empty());
    }

    private Duration slowestChampion(Map<String, TaskResult> results) {
        Duration slowest = Duration.ZERO;
        for (String task : slots.keySet()) {
            if (results.get(task) instanceof TaskResult.Success success
                    && success.inferencePerText().compareTo(slowest) > 0) {
                slowest = success.inferencePerText();
            }
        }
        return slowest;
    }

    @Override
    public void close() {
        slots.values().forEach(TrialSlot::close);
    }
}
