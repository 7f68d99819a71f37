package io.lexstream.trainer.service;

import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelPublisher;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;

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
            case CANARY, SHADOW ->
                throw new ConfigException(
                        "train.promotion", settings.promotion(), "needs trials, which this build does not have");
        };
    }
}
