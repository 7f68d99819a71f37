package io.lexstream.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WritingReportTest {
    private static final Latencies LATENCIES = new Latencies(45, List.of(10L, 20L, 400L));

    private static WritingReport translation(String precision) {
        return new WritingReport(
                new WritingReport.Work("translation", precision, 100, "sentences", 240, 3, List.of(1, 8, 32), 64),
                Map.of(
                        "batch1",
                        50.0,
                        "batch8",
                        120.0,
                        "batch32",
                        150.0,
                        "other",
                        300.0,
                        "cached",
                        20.0,
                        "uncached",
                        2.5,
                        "model-512",
                        90.0,
                        "model-2048",
                        100.0,
                        "pipeline",
                        91.0),
                Map.of("batch1", 10.0, "batch8", 10.0, "batch32", 10.0, "other", 9.0, "cached", 64.0, "uncached", 64.0),
                LATENCIES,
                OptionalDouble.of(300 * 1024));
    }

    private static WritingReport extracts() {
        return new WritingReport(
                new WritingReport.Work("summary", "int8", 100, "texts", 100, 3, List.of(1, 8, 32), 0),
                Map.of(
                        "batch1",
                        50.0,
                        "batch8",
                        50.0,
                        "batch32",
                        40.0,
                        "other",
                        20.0,
                        "model-512",
                        55.0,
                        "pipeline",
                        50.0),
                Map.of(),
                LATENCIES,
                OptionalDouble.empty());
    }

    @Test
    void speedsAreToldInSentencesAndInTokensAndAgainstOneAnother() {
        JsonNode json = translation("fp32").json();

        assertThat(json.path("batch8").path("perSecond").doubleValue()).isEqualTo(120);
        assertThat(json.path("batch8").path("tokensPerSecond").doubleValue()).isEqualTo(1200);
        assertThat(json.path("batch32ToBatch1").doubleValue()).isEqualTo(3);
        assertThat(json.path("int8ToFp32").doubleValue()).isEqualTo(2);
        assertThat(json.path("int8").path("tokensPerSecond").doubleValue()).isEqualTo(2700);
        assertThat(json.path("cachedToUncached").doubleValue()).isEqualTo(8);
        assertThat(json.path("model").doubleValue()).as("at its best").isEqualTo(100);
        assertThat(json.path("pipelineToModel").doubleValue()).isEqualTo(0.91);
        assertThat(json.path("halfLoadMillis").path("p50").intValue()).isEqualTo(20);
        assertThat(json.path("rowBytes").intValue()).isEqualTo(300 * 1024);
    }

    @Test
    void theOtherPrecisionIsWhicheverDoesNotServe() {
        JsonNode json = translation("int8").json();

        assertThat(json.path("int8").path("perSecond").doubleValue()).isEqualTo(150);
        assertThat(json.path("fp32").path("perSecond").doubleValue()).isEqualTo(300);
        assertThat(json.path("int8ToFp32").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void theTableHasALineForEachFigure() {
        assertThat(translation("fp32").table().lines())
                .anySatisfy(line -> assertThat(line).contains("100 texts of 240 sentences"))
                .anySatisfy(line -> assertThat(line).contains("batches of 32").contains("3.00x one at a time"))
                .anySatisfy(line -> assertThat(line).contains("int8").contains("2.00x fp32"))
                .anySatisfy(line ->
                        assertThat(line).contains("64 tokens each, with it").contains("8.00x without"))
                .anySatisfy(line -> assertThat(line).contains("pipeline").contains("0.91x the model alone"))
                .anySatisfy(line -> assertThat(line).contains("95 % within 400 ms"))
                .anySatisfy(line -> assertThat(line).contains("300 KiB"))
                .noneMatch(line -> line.contains("NaN"));
    }

    @Test
    void whatDoesNotApplyToAModelThatQuotesIsSaid() {
        JsonNode json = extracts().json();

        assertThat(json.path("cachedToUncached").isNull()).isTrue();
        assertThat(json.path("batch8").path("tokensPerSecond").isNull()).isTrue();
        assertThat(json.path("rowBytes").isNull()).isTrue();
        assertThat(json.path("batch32ToBatch1").doubleValue()).isEqualTo(0.8);
        assertThat(extracts().table()).doesNotContain("NaN");
        assertThat(extracts().table().lines().filter(line -> line.contains("does not apply")))
                .hasSize(2);
    }
}
