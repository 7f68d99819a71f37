package io.lexstream.trainer.service;

import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TrainerRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the records of the run topic add up to: every run, as it was last heard of. */
final class RunLog {
    /** The metric of a run that says up to which offset it has seen the examples. */
    static final String EXAMPLES_END = "examples/end";

    /** The reason of a run whose data are lost: it counts as if it had not been, once or twice. */
    static final String WENT_AWAY = "its trainer went away";

    private static final Set<RunState> OVER = Set.of(RunState.PUBLISHED, RunState.REJECTED, RunState.FAILED);
    private static final int MOST_ABANDONED = 2;

    private final Map<String, TrainerRun> runs = new LinkedHashMap<>();

    /** A run that is over stays over: a record of its middle may arrive after we have written of its end. */
    void put(TrainerRun run) {
        TrainerRun known = runs.get(run.getRunId());
        if (known == null || !isOver(known) || isOver(run)) {
            runs.put(run.getRunId(), run);
        }
    }

    void remove(String runId) {
        runs.remove(runId);
    }

    Optional<TrainerRun> find(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    static boolean isOver(TrainerRun run) {
        return OVER.contains(run.getState());
    }

    /** Runs that are not over, oldest first. */
    List<TrainerRun> unfinished() {
        return runs.values().stream()
                .filter(run -> !isOver(run))
                .sorted(Comparator.comparing(TrainerRun::getStartedAt))
                .toList();
    }

    /** When the last run of the task began that counts. */
    Optional<Instant> lastRun(String task) {
        return last(task).map(TrainerRun::getStartedAt);
    }

    /** By task: up to where the last run has seen the examples. */
    Map<String, Long> examplesSeen() {
        Map<String, Long> seen = new HashMap<>();
        runs.values().stream()
                .map(TrainerRun::getTask)
                .distinct()
                .forEach(task -> last(task)
                        .ifPresent(run -> seen.put(
                                task,
                                run.getMetrics().getOrDefault(EXAMPLES_END, 0.0).longValue())));
        return seen;
    }

    /** A run that went away is begun anew; one that goes away each time is not begun for ever. */
    private Optional<TrainerRun> last(String task) {
        List<TrainerRun> newestFirst = runs.values().stream()
                .filter(run -> run.getTask().equals(task) && !run.getInstance().isEmpty())
                .sorted(Comparator.comparing(TrainerRun::getStartedAt).reversed())
                .toList();
        int abandoned = 0;
        while (abandoned < newestFirst.size()
                && newestFirst.get(abandoned).getReasons().contains(WENT_AWAY)) {
            abandoned++;
        }
        if (abandoned > MOST_ABANDONED) {
            return Optional.of(newestFirst.get(0));
        }
        return newestFirst.stream().skip(abandoned).findFirst();
    }
}
