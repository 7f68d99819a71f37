package io.lexstream.trainer.service;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.SigningKey;
import io.lexstream.model.TrustedKeys;
import io.lexstream.trainer.CandidateTrainer;
import io.lexstream.trainer.HeadCandidateTrainer;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** What the service puts to work: who trains, who judges, who publishes. */
public record TrainerParts(CandidateTrainer trainer, Judge judge, Release release) {
    /** The parts that the settings ask for. */
    public static TrainerParts of(TrainerSettings settings, ContentStore store, Clock clock) {
        Optional<SigningKey> signer = settings.signer();
        TrustedKeys trusted = settings.trustedKeys();
        return new TrainerParts(
                trainer(settings, store, clock),
                new NotWorse(InferenceSettings.DEFAULT),
                Release.of(
                        settings,
                        () -> new ModelPublisher(settings.clientConfig(), settings.topics(), trusted, signer)));
    }

    private static CandidateTrainer trainer(TrainerSettings settings, ContentStore store, Clock clock) {
        if (settings.method().equals("head")) {
            return new HeadCandidateTrainer(store, InferenceSettings.DEFAULT, clock);
        }
        throw new ConfigException("train.method", settings.method(), "this build trains heads only");
    }
}
