package io.lexstream.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.events.InputFormat;
import io.lexstream.inference.Precision;
import io.lexstream.model.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorSettingsTest {
    private static final Map<String, String> HOME = Map.of("HOME", "/home/me", "HOSTNAME", "box");

    @Test
    void everySettingHasADefault() {
        ProcessorSettings settings = ProcessorSettings.of(Map.of(), HOME);

        assertThat(settings.tasks()).containsExactly("sentiment", "spam");
        assertThat(settings.inputFormat()).isEqualTo(InputFormat.AVRO);
        assertThat(settings.topics().results("spam")).isEqualTo("text.spam");
        assertThat(settings.streamThreads()).isGreaterThanOrEqualTo(2);
        assertThat(settings.batch().workers()).isGreaterThanOrEqualTo(1);
        assertThat(settings.modelCache()).isEqualTo(Path.of("/home/me/.cache/lexstream/models"));
        assertThat(settings.stateDirectory()).isEqualTo(Path.of("/home/me/.local/state/lexstream/streams"));
        assertThat(settings.instanceId()).startsWith("box-");
    }

    @Test
    void theEnvironmentOverridesTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("lexstream.properties"), "batch.max.tokens = 512 \ntasks=spam\n");

        ProcessorSettings settings = ProcessorSettings.read(file, Map.of("LEXSTREAM_BATCH_MAX_TOKENS", "2048"));

        assertThat(settings.batch().batchTokens()).isEqualTo(2048);
        assertThat(settings.tasks()).containsExactly("spam");
    }

    @Test
    void anUnknownNameIsAnErrorThatNamesTheNearestOne() {
        assertUnknown("batch.max.token", "batch.max.tokens");
        assertUnknown("boostrap.servers", "bootstrap.servers");
        assertUnknown("consumr.max.poll.records", "consumer.max.poll.records");
        assertUnknown("topic.result.spam", "topic.results.spam");
        assertThatThrownBy(() -> ProcessorSettings.of(Map.of(), Map.of("LEXSTREAM_TASK", "spam")))
                .hasMessageContaining("did you mean tasks?");
    }

    @Test
    void aBadValueIsAnErrorThatSaysWhatIsAllowed() {
        assertBad("batch.max.tokens", "many", "INT");
        assertBad("batch.max.tokens", "0", "at least 1");
        assertBad("input.format", "xml", "avro, json, text");
        assertBad("tasks", "Spam", "lower-case");
        assertBad("tasks", "", "at least one task");
        assertBad("topic.events", "a b", "letters");
        assertBad("http.port", "70000", "65535");
    }

    @Test
    void aTaskOfTheUsersOwnHasAResultTopic() {
        ProcessorSettings settings =
                ProcessorSettings.of(Map.of("tasks", "intent,spam", "topic.results.intent", "support.intents"), HOME);

        assertThat(settings.topics().results("intent")).isEqualTo("support.intents");
        assertThat(settings.topics().results("spam")).isEqualTo("text.spam");
        assertThatThrownBy(() -> ProcessorSettings.of(Map.of("topic.results.intent", "a b", "tasks", "intent"), HOME))
                .hasMessageContaining("topic.results.intent");
    }

    @Test
    void thePrecisionIsAutoUnlessSaidOtherwise() {
        assertThat(ProcessorSettings.of(Map.of(), HOME).inference().precision()).isEqualTo(Precision.AUTO);
        assertThat(ProcessorSettings.of(Map.of("inference.precision", "int8"), HOME)
                        .inference()
                        .precision())
                .isEqualTo(Precision.INT8);
        assertBad("inference.precision", "int4", "fp32, int8, auto");
    }

    @Test
    void securityAndRegistrySettingsReachEveryClient() {
        ProcessorSettings settings = ProcessorSettings.of(
                Map.of(
                        "bootstrap.servers", "broker:9093",
                        "security.protocol", "SASL_SSL",
                        "sasl.mechanism", "PLAIN",
                        "ssl.truststore.location", "trust.p12",
                        "basic.auth.user.info", "me:secret",
                        "auto.register.schemas", "false",
                        "consumer.fetch.max.bytes", "1000"),
                HOME);

        assertThat(settings.clientConfig())
                .containsEntry("bootstrap.servers", "broker:9093")
                .containsEntry("schema.registry.url", "http://localhost:8081")
                .containsKeys(
                        "security.protocol",
                        "sasl.mechanism",
                        "ssl.truststore.location",
                        "basic.auth.user.info",
                        "auto.register.schemas")
                .doesNotContainKey("consumer.fetch.max.bytes");
    }

    @Test
    void modelsNeedATrustedSignatureUnlessItIsSaidThatTheyDoNot(@TempDir Path folder) throws IOException {
        SigningKey key = SigningKey.generate();
        SigningKey other = SigningKey.generate();
        Path file =
                Files.writeString(folder.resolve("other.pub"), other.publicKey().text());
        String keys = key.publicKey().text() + ", " + file;

        ProcessorSettings silent = ProcessorSettings.of(Map.of(), HOME);
        ProcessorSettings signed = ProcessorSettings.of(Map.of("model.trusted.keys", keys), HOME);
        ProcessorSettings any = ProcessorSettings.of(Map.of("model.trust", "any"), HOME);

        assertThat(silent.trustedKeys().acceptsNothing()).isTrue();
        assertThat(silent.signingKey()).isEmpty();
        assertThatThrownBy(() -> ModelTrust.keys(silent))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.trusted.keys")
                .hasMessageContaining("model.trust=any");
        assertThat(ModelTrust.keys(signed).trusts(key)).isTrue();
        assertThat(ModelTrust.keys(signed).trusts(other)).isTrue();
        assertThat(ModelTrust.keys(signed).acceptsAll()).isFalse();
        assertThat(ModelTrust.keys(any).acceptsAll()).isTrue();
        assertThatThrownBy(() -> ProcessorSettings.of(Map.of("model.trusted.keys", "AAAA"), HOME)
                        .trustedKeys())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model.trusted.keys: 'AAAA' is neither");
        assertBad("model.trust", "some", "signed, any");
    }

    @Test
    void thePipelineIsReadFromItsFileOrThereIsNone(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("stages.txt"), "spam\nsentiment if not spam\n");

        ProcessorSettings without = ProcessorSettings.of(Map.of(), HOME);
        ProcessorSettings with = ProcessorSettings.of(Map.of("pipeline.stages", file.toString()), HOME);

        assertThat(without.pipeline()).isEmpty();
        assertThat(without.requiredTopics()).doesNotContain("feedback.analysis");
        assertThat(with.pipeline())
                .hasValueSatisfying(
                        pipeline -> assertThat(pipeline.hasStage("spam")).isTrue());
        assertThat(with.requiredTopics()).contains("feedback.analysis");
        assertThat(with.productAttribute()).isEqualTo("product");
    }

    @Test
    void anErrorInTheFileOfStagesNamesTheSettingTheFileAndTheLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("stages.txt"), "spam\nsentimnt if language is de\n");

        assertThatThrownBy(() -> ProcessorSettings.of(Map.of("pipeline.stages", file.toString()), HOME)
                        .pipeline())
                .isInstanceOf(ConfigException.class)
                .hasMessage("pipeline.stages: " + file + ":2: no task is named sentimnt; tasks are: sentiment, spam");
    }

    @Test
    void aLanguageThatCannotBeIdentifiedIsAnError(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("stages.txt"), "spam if language is xx\n");

        assertThatThrownBy(() -> ProcessorSettings.of(
                                Map.of("pipeline.stages", file.toString(), "language.expected", "xx"), HOME)
                        .pipeline())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("language.expected: ");
    }

    private static void assertUnknown(String name, String nearest) {
        assertThatThrownBy(() -> ProcessorSettings.of(Map.of(name, "1"), HOME))
                .isInstanceOf(ConfigException.class)
                .hasMessage("unknown setting " + name + "; did you mean " + nearest + "?");
    }

    private static void assertBad(String name, String value, String allowed) {
        assertThatThrownBy(() -> ProcessorSettings.of(Map.of(name, value), HOME))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(value)
                .hasMessageContaining(allowed);
    }
}
