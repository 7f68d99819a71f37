package io.lexstream.processors;

import io.lexstream.feedback.AlertSettings;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.LanguageSettings;
import io.lexstream.inference.Precision;
import io.lexstream.language.IdentifierSettings;
import io.lexstream.language.LanguageIdentifier;
import io.lexstream.pipeline.Pipeline;
import io.lexstream.pipeline.PipelineStages;
import io.lexstream.processors.feedback.FeedbackFlow;
import io.lexstream.processors.feedback.FeedbackMetrics;
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
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

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

    /**
     * The stages that texts go through, if there are any.
     *
     * @throws ConfigException with the file and the line that is wrong
     */
    Optional<Pipeline> pipeline() {
        if (text("pipeline.stages").isEmpty()) {
            return Optional.empty();
        }
        Set<String> languages = Set.copyOf(values().list("language.expected"));
        PipelineStages stages;
        try {
            stages = PipelineStages.read(Path.of(text("pipeline.stages")), tasks(), !languages.isEmpty());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("pipeline.stages: " + e.getMessage());
        }
        boolean identifies = !stages.translate() && !languages.isEmpty();
        return Optional.of(
                new Pipeline(stages, tasks(), identifies ? Optional.of(identifier(languages)) : Optional.empty()));
    }

    private LanguageIdentifier identifier(Set<String> languages) {
        try {
            return new LanguageIdentifier(IdentifierSettings.expecting(languages, decimal("language.threshold")));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("language.expected: " + e.getMessage());
        }
    }

    String productAttribute() {
        return text("pipeline.product.attribute");
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

    /**
     * The windows that the pipeline's results are counted in.
     *
     * @param channels partitions of feedback.analysis
     * @throws ConfigException if the settings of windows and alerts do not fit
     */
    FeedbackFlow feedback(int channels, FeedbackMetrics metrics) {
        try {
            return new FeedbackFlow(topics(), channels, windows(), alerts(), clientConfig(), metrics);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private WindowSettings windows() {
        return new WindowSettings(
                values().times("stats.windows"),
                values().time("stats.grace"),
                values().time("pipeline.duplicates.window"),
                values().time("stats.update"),
                values().time("stats.idle"),
                number("stats.sample.texts"),
                number("stats.windows.kept"));
    }

    private AlertSettings alerts() {
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
        if (!text("pipeline.stages").isEmpty()) {
            required.addAll(List.of(
                    topics.feedbackAnalysis(),
                    topics.feedbackProducts(),
                    topics.feedbackStats(),
                    topics.feedbackAlerts()));
        }
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
