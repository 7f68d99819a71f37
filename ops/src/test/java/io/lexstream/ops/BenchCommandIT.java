package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bench} of a model that writes: a tiny one of random weights, on a real broker. What it says, not how fast. */
class BenchCommandIT {
    private static final String FOLDER =
            Path.of("src", "test", "resources", "tiny-seq2seq").toString();

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"translation", "summary"})
    void everyFigureOfAGeneratorIsThere(String task) throws Exception {
        ShellFixture shell = new ShellFixture(home);

        int exitCode =
                shell.run("", "bench", "--task", task, "--model", FOLDER, "--texts", "100", "--rounds", "1", "--json");

        assertThat(exitCode).as(shell.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(shell.out());
        assertThat(json.path("task").textValue()).isEqualTo(task);
        assertThat(json.path("texts").intValue()).isEqualTo(100);
        for (String contender : new String[] {"batch1", "batch8", "batch32", "fp32", "int8", "cached", "uncached"}) {
            assertThat(json.path(contender).path("perSecond").doubleValue())
                    .as(contender)
                    .isPositive()
                    .isFinite();
            assertThat(json.path(contender).path("tokensPerSecond").doubleValue())
                    .as(contender)
                    .isPositive();
        }
        for (String ratio : new String[] {"batch32ToBatch1", "int8ToFp32", "cachedToUncached", "pipelineToModel"}) {
            assertThat(json.path(ratio).doubleValue()).as(ratio).isPositive().isFinite();
        }
        JsonNode latency = json.path("halfLoadMillis");
        assertThat(latency.path("p50").longValue())
                .isPositive()
                .isLessThanOrEqualTo(latency.path("p95").longValue());
        assertThat(latency.path("p95").longValue())
                .isLessThanOrEqualTo(latency.path("p99").longValue());
        assertThat(shell.err()).contains("warm-up: pipeline", "round 1 of 1: uncached");
    }

    @Test
    void aModelThatWritesIsNotMixedWithOthers() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "bench", "--task", "translation,spam", "--model", FOLDER);

        assertThat(exitCode).isEqualTo(1);
        assertThat(shell.err()).hasLineCount(1);
    }
}
