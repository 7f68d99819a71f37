package io.lexstream.processors;

import io.lexstream.model.ModelVersion;
import io.lexstream.schemas.ModelRef;
import io.lexstream.schemas.ModelState;
import io.lexstream.schemas.ModelStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log, the metrics and the status topic what this instance serves, and what it refused. */
final class ModelReport {
    private static final Logger LOG = LoggerFactory.getLogger(ModelReport.class);

    private final String instance;
    private final ProcessorMetrics metrics;
    private final Consumer<ModelStatus> topic;
    private final Clock clock;

    /** @param topic takes the records of the status topic; must not throw */
    ModelReport(String instance, ProcessorMetrics metrics, Consumer<ModelStatus> topic, Clock clock) {
        this.instance = instance;
        this.metrics = metrics;
        this.topic = topic;
        this.clock = clock;
    }

    /** @param sinceDeployment from the deployment's arrival to the swap */
    void served(ModelVersion version, Duration sinceDeployment) {
        LOG.atInfo()
                .addKeyValue("model", version)
                .addKeyValue("digest", version.digest())
                .addKeyValue("millis", sinceDeployment.toMillis())
                .log("model serves");
        metrics.modelServed(version, sinceDeployment);
        topic.accept(status(version.task(), ModelState.SERVING)
                .setModel(version.toRef())
                .setServing(version.version())
                .setSwapMillis(sinceDeployment.toMillis())
                .build());
    }

    /** @param serving what serves all the same */
    void refused(String task, String version, String reason, Optional<ModelVersion> serving) {
        LOG.atError()
                .addKeyValue("model", task + "@" + version)
                .addKeyValue("reason", reason)
                .addKeyValue("serving", serving.map(ModelVersion::toString).orElse("nothing"))
                .log("model refused");
        metrics.modelRefused(task);
        topic.accept(status(task, ModelState.REFUSED)
                .setModel(new ModelRef("", version, ""))
                .setServing(serving.map(ModelVersion::version).orElse(""))
                .setReason(reason)
                .build());
    }

    private ModelStatus.Builder status(String task, ModelState state) {
        return ModelStatus.newBuilder()
                .setInstance(instance)
                .setTask(task)
                .setState(state)
                .setUpdatedAt(clock.instant());
    }
}
