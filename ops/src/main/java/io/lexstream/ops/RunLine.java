package io.lexstream.ops;

import io.lexstream.schemas.TrainerRun;
import java.util.Locale;

/** A training run in one line, for people. */
final class RunLine {
    private RunLine() {}

    static String of(TrainerRun run) {
        String what = switch (run.getState()) {
            case STARTED ->
                "learns from %d texts, %d held out, going on from %s"
                        .formatted(run.getExamples(), run.getHeldOut(), run.getParent());
            case TRAINING -> "epoch " + run.getEpochs();
            case PUBLISHED, REJECTED, FAILED ->
                run.getState().name().toLowerCase(Locale.ROOT) + ": " + String.join("; ", run.getReasons());
        };
        return "trainer: " + run.getRunId() + " " + what;
    }
}
