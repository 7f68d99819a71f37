package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the next deployment of a task from the one that is live. */
final class Deployments {
    /** As many rollbacks as anybody makes in a row, and the record stays small. */
    private static final int MAX_HISTORY = 20;

    private final Clock clock;

    Deployments(Clock clock) {
        this.clock = clock;
    }

    /** {@code version} serves, and the former champion heads the history. */
    Deployment promotion(Optional<Deployment> live, String task, String version, String reason) {
        if (live.isEmpty()) {
            return new Deployment(
                    task, version, "", DeploymentMode.MANUAL, 0.0, List.of(), reason, now(Instant.EPOCH), "");
        }
        List<String> history = new ArrayList<>(live.get().getHistory());
        history.remove(version);
        history.add(0, live.get().getChampion());
        return next(live.get(), version, history, reason);
    }

    /** The first of the history that is still {@code published} serves; what failed is not remembered. */
    Optional<Deployment> rollback(Deployment live, List<String> published, String reason) {
        List<String> history = live.getHistory();
        for (int i = 0; i < history.size(); i++) {
            if (published.contains(history.get(i))) {
                return Optional.of(next(live, history.get(i), history.subList(i + 1, history.size()), reason));
            }
        }
        return Optional.empty();
    }

    /** {@code version} is tried beside the champion, which still serves. */
    Deployment trial(Deployment live, String version, DeploymentMode mode, double share, String reason) {
        return new Deployment(
                live.getTask(),
                live.getChampion(),
                version,
                mode,
                share,
                live.getHistory(),
                reason,
                now(live.getUpdatedAt()),
                "");
    }

    /** The champion serves alone. */
    Deployment withoutTrial(Deployment live, String reason) {
        return trial(live, "", live.getMode(), 0.0, reason);
    }

    private Deployment next(Deployment live, String champion, List<String> history, String reason) {
        String challenger = live.getChallenger().equals(champion) ? "" : live.getChallenger();
        return new Deployment(
                live.getTask(),
                champion,
                challenger,
                live.getMode(),
                challenger.isEmpty() ? 0.0 : live.getShare(),
                List.copyOf(history.subList(0, Math.min(history.size(), MAX_HISTORY))),
                reason,
                now(live.getUpdatedAt()),
                "");
    }

    /** Later than {@code previous} even if this clock is behind: an earlier time would look like a replayed record. */
    private Instant now(Instant previous) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return now.isAfter(previous) ? now : previous.plusMillis(1);
    }
}
