package io.lexstream.trainer.service;

import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelVersion;
import io.lexstream.schemas.DeploymentMode;
import java.util.Locale;

/** Publishes what has passed the gate: to serve, to be tried, or to be promoted by a person. */
public interface Release {
    /**
     * Publishes, and returns what has become of it, as {@code published and promoted}.
     *
     * @throws io.lexstream.model.ModelPublishException if nothing was written
     */
    String publish(ModelPackage candidate, String reason);

    static Release of(TrainerSettings settings, Publishing publishing) {
        return switch (settings.promotion()) {
            case AUTO ->
                (candidate, reason) -> {
                    publishing.with(publisher -> publisher.publishAndPromote(candidate, reason));
                    return "published and promoted";
                };
            case MANUAL ->
                (candidate, reason) -> {
                    publishing.with(publisher -> publisher.publish(candidate));
                    return "published; promote it with: ./lexstream models promote " + candidate.version();
                };
            case CANARY ->
                (candidate, reason) ->
                        tryOut(publishing, candidate, DeploymentMode.CANARY, settings.canaryShare(), reason);
            case SHADOW -> (candidate, reason) -> tryOut(publishing, candidate, DeploymentMode.SHADOW, 1, reason);
        };
    }

    private static String tryOut(
            Publishing publishing, ModelPackage candidate, DeploymentMode mode, double share, String reason) {
        ModelVersion version = candidate.version();
        publishing.with(publisher -> {
            publisher.publish(candidate);
            return publisher.challenge(version.task(), version.version(), mode, share, reason);
        });
        return "published and on trial, " + mode.name().toLowerCase(Locale.ROOT);
    }
}
