package io.lexstream.settings;

import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.LanguageSettings;
import io.lexstream.inference.Precision;
import io.lexstream.model.TrialLimits;
import io.lexstream.schemas.Topics;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Every setting of the services, declared once: name, type, default, what is allowed, what it does. */
final class SettingsDefinition {
    private static final Pattern TASK = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Validator NOT_EMPTY = new ConfigDef.NonEmptyString();

    private final ConfigDef def = new ConfigDef();
    private String group = "";

    private SettingsDefinition() {}

    static ConfigDef define() {
        SettingsDefinition settings = new SettingsDefinition();
        settings.kafka();
        settings.topics();
        settings.texts();
        settings.pipeline();
        settings.inference();
        settings.models();
        settings.trials();
        settings.advice();
        FeedbackDefinition.addTo(settings);
        settings.operation();
        TrainDefinition.addTo(settings);
        GateDefinition.addTo(settings);
        return settings.def;
    }

    private void kafka() {
        group = "Kafka";
        text("bootstrap.servers", "localhost:9092", NOT_EMPTY, "Brokers to start from, as host:port,host:port.");
        text("application.id", "lexstream", NOT_EMPTY, "The consumer group, and the prefix of the transactional ids.");
        text(
                "schema.registry.url",
                "http://localhost:8081",
                NOT_EMPTY,
                "Schema registries, separated by commas; the next one is asked when one does not answer.");
        text(
                "group.protocol",
                "classic",
                ConfigDef.ValidString.in("classic", "streams"),
                "How stream threads share the partitions: classic, or streams (KIP-1071).");
        number(
                "stream.threads",
                0,
                Range.between(0, 1024),
                "Threads that poll and forward; 0 = one per core, at least two."
                        + " With a single one the models idle while it polls.");
        number(
                "output.max.bytes",
                1_048_576,
                Range.atLeast(16_384),
                "Largest record written; the broker's message.max.bytes must allow it. A larger result becomes a dead"
                        + " letter; of a larger dead letter the value is cut.");
    }

    private void topics() {
        group = "Topics";
        Topics defaults = Topics.defaults();
        topic("topic.events", defaults.events(), "Input texts.");
        topic("topic.dead.letters", defaults.deadLetters(), "Records that could not be processed, with the reason.");
        topic("topic.labels", defaults.labels(), "People's corrections and ratings.");
        topic("topic.models", defaults.models(), "Model manifests and deployments.");
        topic("topic.model.blobs", defaults.modelBlobs(), "Files of the models.");
        topic("topic.model.status", defaults.modelStatus(), "What each instance serves, or why it refused a version.");
        topic("topic.review", defaults.review(), "Texts that people should label next.");
        topic("topic.trainer.examples", defaults.examples(), "Labels joined with their texts: the training set.");
        topic("topic.trainer.runs", defaults.runs(), "Training runs and their verdicts.");
        topic("topic.model.drift", defaults.drift(), "Alerts: texts are no longer like the training texts.");
        topic("topic.feedback.analysis", defaults.feedbackAnalysis(), "What the whole pipeline says about each text.");
        topic(
                "topic.feedback.products",
                defaults.feedbackProducts(),
                "The same by product, on its way to the windows; of the processors alone.");
        topic("topic.feedback.stats", defaults.feedbackStats(), "Figures of the windows of time.");
        topic("topic.feedback.alerts", defaults.feedbackAlerts(), "Alerts: a product is spoken of in an unusual way.");
    }

    private void texts() {
        group = "Texts and tasks";
        list(
                "tasks",
                List.of("sentiment", "spam"),
                LambdaValidator.with(SettingsDefinition::checkTasks, () -> "names, none twice"),
                "Tasks that every text goes through. A task needs a published model of that name, and nothing else.");
        text(
                "input.format",
                "avro",
                ConfigDef.ValidString.in("avro", "json", "text"),
                "What the input values are: avro (TextEvent), json (an object with at least text), text (UTF-8).");
        number(
                "max.text.bytes",
                1_048_576,
                Range.atLeast(1),
                "Longest text in UTF-8 bytes; longer ones are dead letters.");
        number(
                "long.text.windows",
                1,
                Range.atLeast(1),
                "Windows that a text longer than the model's limit is read in, their probabilities averaged;"
                        + " 1 = only its beginning is read.");
    }

    private void pipeline() {
        group = "Feedback pipeline";
        text(
                "pipeline.stages",
                "",
                any(),
                "File that says which tasks read a text one after the other, and when (docs/pipeline.md); empty = none do.");
        text(
                "pipeline.product.attribute",
                "product",
                NOT_EMPTY,
                "The attribute of an event that says which product it is about; an event without it is about its key.");
    }

    private void inference() {
        group = "Inference";
        BatchSettings defaults = BatchSettings.forCpu(1);
        number("inference.workers", 0, Range.between(0, 1024), "Threads that run models; 0 = one per core.");
        text(
                "inference.precision",
                Precision.AUTO.settingName(),
                ConfigDef.ValidString.in(Precision.names().toArray(String[]::new)),
                "What models compute in: fp32; int8, which is about twice as fast and refuses versions that do not admit"
                        + " it; auto = int8 for versions that admit it, fp32 for the others.");
        list(
                "language.expected",
                List.of(),
                LambdaValidator.with(SettingsDefinition::checkLanguages, () -> "ISO 639-1 codes"),
                "Languages that people write here, beside those of the translation model, as it,nl: a text in one of"
                        + " them is not taken for a language of the model, and its result says unsupported.");
        decimal(
                "language.threshold",
                LanguageSettings.DEFAULT.threshold(),
                Range.between(0.0, 1.0),
                "Least probability of a text's language to be named in the result. A text of an unknown language is"
                        + " translated from the likeliest one of the model, if it is likely one of those at all.");
        number(
                "generation.deadline.ms",
                (int) InferenceSettings.DEFAULT.generationDeadline().toMillis(),
                Range.atLeast(1),
                "Longest that a translation or a generated summary may take with those of its batch; then it ends with what"
                        + " it has, and its result says so.");
        number(
                "inference.timeout.ms",
                120_000,
                Range.atLeast(1_000),
                "Longest wait for one text's results; then the stream thread is replaced and the text is read again."
                        + " Must be below consumer.max.poll.interval.ms.");
        number(
                "batch.window.texts",
                defaults.windowTexts(),
                Range.atLeast(1),
                "Most texts that a worker takes at once, sorts by length and cuts into batches.");
        number(
                "batch.window.tokens",
                defaults.windowTokens(),
                Range.atLeast(1),
                "Most tokens (estimated) that a worker takes at once: bounds the wait of the first text for the last.");
        number(
                "batch.max.tokens",
                defaults.batchTokens(),
                Range.atLeast(1),
                "Most tokens in a batch, padding included. A GPU wants far more than a CPU.");
        number("batch.queue.texts", defaults.queueTexts(), Range.atLeast(1), "Most texts that wait for a worker.");
    }

    private void models() {
        group = "Models";
        text(
                "model.cache.dir",
                "",
                any(),
                "Where fetched model files are kept; empty = lexstream/models in the user's cache folder.");
        text(
                "model.trust",
                "signed",
                ConfigDef.ValidString.in("signed", "any"),
                "Which models and deployments may serve: signed (by one of model.trusted.keys), any (unsigned ones too).");
        list(
                "model.trusted.keys",
                List.of(),
                any(),
                "Ed25519 public keys, separated by commas: each a line that models keygen printed, or a PEM file.");
        text(
                "model.signing.key",
                "",
                any(),
                "PEM file with the private key that signs what is published; the processors do not need it.");
        number(
                "model.retry.ms",
                10_000,
                Range.atLeast(100),
                "Longest pause between two tries to reach the model topics.");
    }

    private void trials() {
        group = "Trials";
        TrialLimits defaults = TrialLimits.DEFAULT;
        number(
                "trial.min.results",
                defaults.minResults(),
                Range.between(1, 1_000_000),
                "Results of a challenger that its guards look at: the last so many, in each instance.");
        decimal(
                "trial.max.error.ratio",
                defaults.maxErrorRatio(),
                Range.between(0, 1),
                "Guard: largest share of results where the challenger fails on a text that the champion can read.");
        decimal(
                "trial.max.latency.ratio",
                defaults.maxLatencyRatio(),
                Range.atLeast(0.01),
                "Guard: the challenger's time, as a multiple of the slowest champion's for the same texts.");
        decimal(
                "trial.max.label.shift",
                defaults.maxLabelShift(),
                Range.atLeast(0.01),
                "Guard: population stability index of its labels against the champion's on the same texts.");
        decimal(
                "trial.max.disagreement",
                defaults.maxDisagreement(),
                Range.between(0, 1),
                "Guard: largest share of results where its label is not the champion's.");
        number(
                "trial.report.ms",
                5_000,
                Range.atLeast(100),
                "Pause between two reports of a trial's figures in model.status.");
        time(
                "trial.max.time",
                "24h",
                "A canary that is neither promoted nor ended by a guard in that time ends: the trainer takes it off"
                        + " trial.");
    }

    private void advice() {
        group = "What to label next, drift";
        decimal(
                "review.below.confidence",
                0.6,
                Range.between(0, 1),
                "Texts whose label has a lower probability go to text.review, as do those that champion and challenger"
                        + " label differently.");
        number(
                "review.per.minute",
                6,
                Range.atLeast(0),
                "Most texts of a task that go there in a minute, of each instance; 0 = none.");
        number(
                "drift.window.texts",
                1_000,
                Range.between(0, 1_000_000),
                "Texts of a task and source that are compared with the training texts at once; 0 = no drift measured.");
        decimal(
                "drift.threshold",
                0.25,
                Range.atLeast(0.01),
                "Population stability index from which on an alert goes to model.drift.");
    }

    private void operation() {
        group = "Operation";
        text(
                "instance.id",
                "",
                any(),
                "Names this process in model.status and trainer.runs; empty = host name and process id.");
        text("state.dir", "", any(), "Kafka Streams' folder; empty = lexstream/streams in the user's state folder.");
        text("http.host", "127.0.0.1", NOT_EMPTY, "Address that metrics and health listen on.");
        number("http.port", 8080, Range.between(0, 65_535), "Port for metrics and health; 0 = any free one.");
    }

    /** What is defined next belongs under that heading. */
    void group(String name) {
        group = name;
    }

    void text(String name, String byDefault, Validator allowed, String doc) {
        define(name, ConfigDef.Type.STRING, byDefault, allowed, doc);
    }

    void topic(String name, String byDefault, String doc) {
        define(
                name,
                ConfigDef.Type.STRING,
                byDefault,
                LambdaValidator.with(SettingsDefinition::checkTopic, () -> "a topic's name"),
                doc);
    }

    void number(String name, int byDefault, Validator allowed, String doc) {
        define(name, ConfigDef.Type.INT, byDefault, allowed, doc);
    }

    void decimal(String name, double byDefault, Validator allowed, String doc) {
        define(name, ConfigDef.Type.DOUBLE, byDefault, allowed, doc);
    }

    void list(String name, List<String> byDefault, Validator allowed, String doc) {
        define(name, ConfigDef.Type.LIST, byDefault, allowed, doc);
    }

    /** A length of time, as 500ms, 90s, 15m, 24h or 7d. */
    void time(String name, String byDefault, String doc) {
        define(
                name,
                ConfigDef.Type.STRING,
                byDefault,
                LambdaValidator.with(
                        (setting, value) -> Times.parse(setting, (String) value), () -> "as 500ms, 90s, 15m, 24h, 7d"),
                doc);
    }

    private void define(String name, ConfigDef.Type type, Object byDefault, Validator allowed, String doc) {
        int order = def.names().size();
        def.define(name, type, byDefault, allowed, Importance.HIGH, doc, group, order, Width.MEDIUM, name);
    }

    static Validator any() {
        return LambdaValidator.with((name, value) -> {}, () -> "any text");
    }

    static void checkTopic(String name, Object value) {
        if (!TOPIC.matcher((String) value).matches()) {
            throw new ConfigException(
                    name, value, "a topic's name is 1 to 249 letters, digits, dots, dashes, underscores");
        }
    }

    private static void checkTasks(String name, Object value) {
        List<?> tasks = (List<?>) value;
        if (tasks.isEmpty()) {
            throw new ConfigException(name, value, "name at least one task, and none twice");
        }
        checkNames(name, value);
    }

    private static void checkLanguages(String name, Object value) {
        for (Object code : (List<?>) value) {
            if (!code.toString().matches("[a-z]{2,3}")) {
                throw new ConfigException(name, value, "name languages by their ISO 639-1 codes");
            }
        }
    }

    static void checkNames(String name, Object value) {
        List<?> tasks = (List<?>) value;
        if (Set.copyOf(tasks).size() != tasks.size()) {
            throw new ConfigException(name, value, "name no task twice");
        }
        for (Object task : tasks) {
            if (!TASK.matcher((String) task).matches()) {
                throw new ConfigException(name, value, "a task's name is lower-case letters, digits and dashes");
            }
        }
    }
}
