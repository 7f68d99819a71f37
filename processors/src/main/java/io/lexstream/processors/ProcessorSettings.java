package io.lexstream.processors;

import io.lexstream.feedback.AlertSettings;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.LanguageSettings;
import io.lexstream.inference.Precision;
import io.lexstream.processors.feedback.WindowSettings;
import io.lexstream.schemas.Topics;
import io.lexstream.settings.ClusterSettings;
import io.lexstream.settings.SettingValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the operator decides of the processors. */
public final class ProcessorSettings extends ClusterSettings {
    public ProcessorSettings(SettingValues values) {
        super(values);
    }

    /**
     * Reads the settings of {@code file} and {@code environment}.
     *
     * @throws org.apache.kafka.common.config.ConfigException that names the setting, its value and what is allowed
     */
    public static ProcessorSettings read(Path file, Map<String, String> environment) throws IOException {
        return new ProcessorSettings(SettingValues.read(file, environment));
    }

    /** As {@link #read}, of settings that are in no file. */
    public static ProcessorSettings of(Map<String, String> settings, Map<String, String> environment) {
        return new ProcessorSettings(SettingValues.of(settings, environment));
    }

    public int maxOutputBytes() {
        return number("output.max.bytes");
    }

    public BatchSettings batch() {
        int workers = number("inference.workers");
        return new BatchSettings(
                workers == 0 ? values().defaults().cores() : workers,
                number("batch.window.texts"),
                number("batch.window.tokens"),
                number("batch.max.tokens"),
                number("batch.queue.texts"));
    }

    public InferenceSettings inference() {
        return new InferenceSettings(
                InferenceSettings.DEFAULT.intraOpThreads(),
                number("long.text.windows"),
                Precision.named(text("inference.precision")),
                new LanguageSettings(
                        Set.copyOf(values().list("language.expected")), values().decimal("language.threshold")),
                Duration.ofMillis(number("generation.deadline.ms")));
    }

    public Duration inferenceTimeout() {
        return Duration.ofMillis(number("inference.timeout.ms"));
    }

    public int streamThreads() {
        int threads = number("stream.threads");
        return threads == 0 ? Math.max(2, values().defaults().cores()) : threads;
    }

    public String groupProtocol() {
        return text("group.protocol");
    }

    public Path stateDirectory() {
        String directory = text("state.dir");
        return directory.isEmpty() ? values().defaults().stateDirectory() : Path.of(directory);
    }

    TrialSettings trial() {
        return new TrialSettings(trialLimits(), Duration.ofMillis(number("trial.report.ms")));
    }

    ReviewSettings review() {
        return new ReviewSettings(decimal("review.below.confidence"), number("review.per.minute"));
    }

    DriftSettings drift() {
        return new DriftSettings(number("drift.window.texts"), decimal("drift.threshold"));
    }

    public int standbyReplicas() {
        return number("standby.replicas");
    }

    WindowSettings windows() {
        return new WindowSettings(
                values().times("stats.windows"),
                values().time("stats.grace"),
                values().time("pipeline.duplicates.window"),
                values().time("stats.update"),
                values().time("stats.idle"),
                number("stats.sample.texts"),
                number("stats.windows.kept"));
    }

    AlertSettings alerts() {
        return new AlertSettings(
                values().time("alerts.window"),
                values().time("alerts.warmup"),
                number("alerts.min.texts"),
                decimal("alerts.raise.probability"),
                decimal("alerts.clear.probability"),
                decimal("alerts.min.ratio"),
                decimal("alerts.min.share.rise"));
    }

    /** Without these nothing can be processed. */
    List<String> requiredTopics() {
        Topics topics = topics();
        List<String> required = new ArrayList<>(List.of(
                topics.events(), topics.deadLetters(), topics.models(), topics.modelBlobs(), topics.modelStatus()));
        tasks().forEach(task -> required.add(topics.results(task)));
        if (!review().off()) {
            required.add(topics.review());
        }
        if (!drift().off()) {
            required.add(topics.drift());
        }
        return required;
    }

    /** The settings that start with {@code prefix}, without it. */
    Map<String, Object> withPrefix(String prefix) {
        return values().withPrefix(prefix);
    }
}
