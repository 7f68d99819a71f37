package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.lexstream.trainer.metrics.Bleu;
import io.lexstream.trainer.metrics.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GenerationEvaluationTest {
    private static final TextPairs SHORT = pairs(
            "short",
            new TextPair("Das Paket kam nie an .", "The parcel never arrived at all ."),
            new TextPair("Wir sind sehr zufrieden .", "We are very happy with it ."));
    private static final TextPairs LONG = pairs(
            "long",
            new TextPair(
                    "Der Verkäufer war freundlich und hat alles erklärt .",
                    "The seller was friendly and explained everything to us ."));
    private static final List<String> SHORT_WRITTEN =
            List.of("The parcel never arrived .", "We are very happy with it .");
    private static final List<String> LONG_WRITTEN = List.of("The seller was friendly and has everything explained .");

    @Test
    void severalFilesAreMeasuredOneByOneAndTogether() throws IOException {
        GenerationEvaluation.Result result = translated();

        assertThat(result.files()).extracting(GenerationReport::name).containsExactly("short", "long");
        assertThat(result.files())
                .extracting(report -> report.value("bleu"))
                .containsExactly(Bleu.of(SHORT_WRITTEN, SHORT.targets()), Bleu.of(LONG_WRITTEN, LONG.targets()));
        assertThat(result.together().rows()).isEqualTo(3);
        assertThat(result.together().value("bleu"))
                .isCloseTo(
                        Bleu.of(joined(SHORT_WRITTEN, LONG_WRITTEN), joined(SHORT.targets(), LONG.targets())),
                        within(1e-12));
    }

    @Test
    void aFigureLiesInItsInterval() throws IOException {
        GenerationReport together = translated().together();

        Figure chrf = together.figures().get("chrf");

        assertThat(chrf).isNotNull();
        assertThat(chrf.value())
                .isBetween(chrf.interval().low(), chrf.interval().high());
        assertThat(chrf.interval().low()).isLessThan(chrf.interval().high());
    }

    @Test
    void aTranslationIsComparedWithTheSourceCopied() throws IOException {
        GenerationReport together = translated().together();

        assertThat(together.baselines()).containsOnlyKeys("copy");
        assertThat(together.value("copy", "copyRate")).isEqualTo(1);
        assertThat(together.value("copy", "bleu")).isLessThan(together.value("bleu"));
        assertThat(together.value("copyRate")).isZero();
    }

    @Test
    void aSummaryIsComparedWithTheFirstSentenceAndTheFirstThree() throws IOException {
        TextPairs file = pairs(
                "news",
                new TextPair("It rained. Streets were flooded. Nobody was hurt. Trains stopped.", "Nobody was hurt."));

        GenerationReport report = GenerationEvaluation.of(
                        GenerationTask.SUMMARY, List.of(file), texts -> List.of("Nobody was hurt."))
                .together();

        assertThat(report.baselines()).containsOnlyKeys("lead1", "lead3");
        assertThat(report.value("rouge1")).isEqualTo(1);
        assertThat(report.value("rougeLsum")).isEqualTo(1);
        assertThat(report.value("lead1", "rouge1")).isZero();
        // 3 of 8 words, and all 3 expected.
        assertThat(report.value("lead3", "rouge1")).isCloseTo(6 / 11.0, within(1e-12));
    }

    @Test
    void theJsonFormHasWhatProgramsRead() throws IOException {
        JsonNode json = GenerationJson.of("translation", "translation@2", translated(), Duration.ofMillis(2500));

        assertThat(json.toString())
                .startsWith(
                        "{\"task\":\"translation\",\"model\":\"translation@2\",\"rows\":3,\"skipped\":1,\"bleu\":0.");
        assertThat(json.path("chrf").doubleValue()).isBetween(0.5, 1.0);
        assertThat(json.path("interval95").path("bleu")).hasSize(2);
        assertThat(json.at("/baseline/copy/bleu").isNumber()).isTrue();
        assertThat(json.path("seconds").doubleValue()).isEqualTo(2.5);
        assertThat(json.at("/signatures/bleu").textValue()).isEqualTo(Bleu.SIGNATURE);
        assertThat(json.path("files")).hasSize(2);
        assertThat(json.at("/files/1/name").textValue()).isEqualTo("long");
        assertThat(json.has("rouge1") || json.has("accuracy")).isFalse();
    }

    @Test
    void theTableHasTheModelAndItsBaselineForEachFileAndTogether() throws IOException {
        String table = GenerationText.of(translated());

        assertThat(table.lines().limit(7))
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("data").contains("BLEU (95 %)", "length ratio"),
                        model -> assertThat(model).startsWith("short").contains(" 1  ", "model"),
                        copy -> assertThat(copy).contains("copy", "100.0 %"),
                        model -> assertThat(model).startsWith("long"),
                        copy -> assertThat(copy).contains("copy"),
                        model -> assertThat(model).startsWith("together"),
                        copy -> assertThat(copy).contains("copy"));
        assertThat(table).endsWith("chrf = nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:lexstream\n");
    }

    @Test
    void aWriterMustWriteOneTextARow() {
        assertThatThrownBy(() -> GenerationEvaluation.of(GenerationTask.SUMMARY, List.of(SHORT), file -> List.of("x")))
                .hasMessage("short: 1 texts for 2 rows");
        assertThatThrownBy(() -> GenerationEvaluation.of(GenerationTask.SUMMARY, List.of(), file -> List.of()))
                .isInstanceOf(DataException.class);
    }

    private static GenerationEvaluation.Result translated() throws IOException {
        return GenerationEvaluation.of(
                GenerationTask.TRANSLATION,
                List.of(SHORT, LONG),
                file -> file.equals(SHORT) ? SHORT_WRITTEN : LONG_WRITTEN);
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static TextPairs pairs(String name, TextPair... rows) {
        List<SkippedRow> skipped = name.equals("short") ? List.of(new SkippedRow(2, "source is blank")) : List.of();
        return new TextPairs(name, "", List.of(rows), skipped);
    }
}
