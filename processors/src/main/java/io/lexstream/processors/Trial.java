package io.lexstream.processors;

import io.lexstream.model.ModelVersion;
import io.lexstream.model.TrialFigures;
import io.lexstream.model.TrialFigures.Trip;
import io.lexstream.model.TrialLimits;
import io.lexstream.schemas.DeploymentMode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The trial of one version in this instance: which events it reads, how it does, and whether a guard has ended it.
 *
 * <p>Guards look at the last {@code minResults} results, so that a version that turns bad late is found as fast as one
 * that is bad from the start. Stream threads share it.
 */
final class Trial {
    private final ModelVersion challenger;
    private final DeploymentMode mode;
    private final KeyShare share;
    private final TrialLimits limits;
    private final Instant since;

    private final Object lock = new Object();
    private final Deque<Comparison> lastResults = new ArrayDeque<>();
    private final TrialCounts recent = new TrialCounts();
    private final TrialCounts all = new TrialCounts();
    private volatile Optional<Trip> trip = Optional.empty();

    /**
     * @param mode CANARY: its share of the keys gets its results; SHADOW: nobody does
     * @param since time of the deployment that began it, by which all instances know it
     */
    Trial(ModelVersion challenger, DeploymentMode mode, double share, TrialLimits limits, Instant since) {
        this.challenger = challenger;
        this.mode = mode;
        this.share = new KeyShare(challenger.task(), share);
        this.limits = limits;
        this.since = since;
    }

    /** Time of the deployment that began it. */
    Instant since() {
        return since;
    }

    ModelVersion challenger() {
        return challenger;
    }

    /** Whether the challenger reads the event of that key. */
    boolean reads(byte @Nullable [] key, String eventId) {
        return trip.isEmpty() && share.holds(key, eventId);
    }

    /** Whether what the challenger says goes out. */
    boolean answers() {
        return mode == DeploymentMode.CANARY && trip.isEmpty();
    }

    /** Counts a text; a guard that trips by it ends the trial before this returns. */
    void add(Comparison text) {
        synchronized (lock) {
            if (trip.isPresent()) {
                return;
            }
            all.add(text);
            recent.add(text);
            lastResults.addLast(text);
            if (lastResults.size() > limits.minResults()) {
                recent.remove(lastResults.removeFirst());
            }
            trip = recent.figures().trips(limits);
        }
    }

    /** Since the trial began. */
    TrialFigures figures() {
        synchronized (lock) {
            return all.figures();
        }
    }

    /** What ended it; empty while it goes on. */
    Optional<Trip> trip() {
        return trip;
    }
}
