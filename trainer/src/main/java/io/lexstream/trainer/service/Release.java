package io.lexstream.trainer.service;

import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.ModelVersion;
import io.lexstream.schemas.DeploymentMode;
import java.util.Locale;
import java.util.function.Supplier;

/** Publishes what has passed the gate: to serve, to be tried, or to be promoted by a person. */
public interface Release {
    /**
     * Publishes, and returns what has become of it, as {@code published and promoted}.
     *
     * @throws io.lexstream.model.ModelPublishException if nothing was written
     */
    String publish(ModelPackage candidate, String reason);

    /** @param publishers opens a publisher, which is closed after each use: of all open ones the newest can write */
    static Release of(TrainerSettings settings, Supplier<ModelPublisher> publishers) {
        return switch (settings.promotion()) {
            case AUTO ->
                (candidate, reason) -> {
                    try (ModelPublisher publisher = publishers.get()) {
                        publisher.publishAndPromote(candidate, reason);
                    }
                    return "published and promoted";
                };
            case MANUAL ->
                (candidate, reason) -> {
                    try (ModelPublisher publisher = publishers.get()) {
                        publisher.publish(candidate);
                    }
                    return "published; promote it with: ./lexstream models promote " + candidate.version();
                };
            case CANARY ->
                (candidate, reason) ->
                        tryOut(publishers, candidate, DeploymentMode.CANARY, settings.canaryShare(), reason);
            case SHADOW -> (candidate, reason) -> tryOut(publishers, candidate, DeploymentMode.SHADOW, 1, reason);
        };
    }

    private static String tryOut(
            Supplier<ModelPublisher> publishers,
            ModelPackage candidate,
            DeploymentMode mode,
            double share,
            String reason) {
        ModelVersion version = candidate.version();
        try (ModelPublisher publisher = publishers.get()) {
            publisher.publish(candidate);
            publisher.challenge(version.task(), version.version(), mode, share, reason);
        }
        return "published and on trial, " + mode.name().toLowerCase(Locale.ROOT);
    }
}
