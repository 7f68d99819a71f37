package io.lexstream.processors;

import io.lexstream.inference.ModelSlot;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.ModelVersion;
import io.lexstream.processors.ModelSource.OpenedModel;
import io.lexstream.schemas.Deployment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Carries out one deployment: the champion into its slot, or a refusal with the reason. */
final class ModelDeployer {
    private final ModelSource source;
    private final Profiles profiles;
    private final ModelReport report;
    private final Clock clock;

    ModelDeployer(ModelSource source, Profiles profiles, ModelReport report, Clock clock) {
        this.source = source;
        this.profiles = profiles;
        this.report = report;
        this.clock = clock;
    }

    /** @throws RuntimeException if the version cannot be had now; nothing has changed then */
    void deploy(Deployment deployment, Instant arrived, ModelSlot slot) {
        Optional<ModelVersion> live =
                slot.serving().filter(version -> version.version().equals(deployment.getChampion()));
        if (live.isPresent()) {
            report.servesAlready(
                    live.get(), deployment.getReason()); // what has changed is the challenger, or the reason
            return;
        }
        if (serve(deployment.getChampion(), arrived, slot) || slot.serving().isPresent()) {
            return;
        }
        // A process that starts while a bad version is champion has no old model to keep: it takes the one before.
        for (String earlier : deployment.getHistory()) {
            if (serve(earlier, arrived, slot)) {
                return;
            }
        }
    }

    private boolean serve(String version, Instant arrived, ModelSlot slot) {
        OpenedModel opened;
        try {
            opened = source.open(slot.task(), version);
        } catch (ModelRejectedException e) {
            report.refused(source.refusal(slot.task(), version, e), slot.serving());
            return false;
        }
        profiles.serves(opened.version(), opened.profile());
        slot.swap(opened.version(), opened.model());
        report.served(opened.version(), Duration.between(arrived, clock.instant()));
        return true;
    }
}
