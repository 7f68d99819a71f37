package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.lexstream.inference.Classification;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final LabeledTexts TWO =
            file("two", new LabeledText("0.6 0.3 0.1", "negative"), new LabeledText("0.2 0.7 0.1", "positive"));
    private static final LabeledTexts THREE = file(
            "three",
            new LabeledText("0.1 0.1 0.8", "positive"),
            new LabeledText("0.2 0.7 0.1", "neutral"),
            new LabeledText("0.3 0.6 0.1", "negative"));

    @Test
    void labelsThatTheDataNeverNamesAreLeftOutOfTheArgmax() throws IOException {
        ClassificationReport report =
                Evaluation.of(new Spoken(), List.of(TWO), Progress.silent()).together();

        // The second text's best label is neutral; of the two named ones, negative is the larger: 0.2 of 0.3.
        assertThat(report.labels()).containsExactly("negative", "positive");
        assertThat(report.accuracy()).isEqualTo(0.5);
        assertThat(report.confusion().get("positive")).containsEntry("negative", 1);
    }

    @Test
    void severalFilesAreMeasuredOneByOneAndTogether() throws IOException {
        Evaluation.Result result = Evaluation.of(new Spoken(), List.of(TWO, THREE), Progress.silent());

        assertThat(result.files()).extracting(ClassificationReport::name).containsExactly("two", "three");
        assertThat(result.files()).extracting(ClassificationReport::accuracy).containsExactly(0.5, 2 / 3.0);
        assertThat(result.together().rows()).isEqualTo(5);
        assertThat(result.together().accuracy()).isEqualTo(0.6);
        assertThat(result.together().labels()).containsExactly("negative", "neutral", "positive");
    }

    @Test
    void resultsReachTheirOwnRowsThoughTextsRunInOrderOfLength() throws IOException {
        LabeledText[] rows = IntStream.range(0, 5000)
                .mapToObj(i -> i % 3 == 0
                        ? new LabeledText("0.8 0.1 0.1" + " .".repeat(i % 17), "negative")
                        : new LabeledText("0.1 0.1 0.8" + " .".repeat(i % 13), "positive"))
                .toArray(LabeledText[]::new);
        Spoken model = new Spoken();

        ClassificationReport report = Evaluation.of(model, List.of(file("many", rows)), Progress.silent())
                .together();

        assertThat(report.accuracy()).isEqualTo(1);
        assertThat(model.batchSizes).hasSizeGreaterThan(2);
        assertThat(model.batchSizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(5000);
    }

    @Test
    void aLabelThatTheModelDoesNotKnowCountsAsMissed() throws IOException {
        LabeledTexts file =
                file("odd", new LabeledText("0.8 0.1 0.1", "negative"), new LabeledText("0.8 0.1 0.1", "angry"));

        ClassificationReport report =
                Evaluation.of(new Spoken(), List.of(file), Progress.silent()).together();

        assertThat(report.accuracy()).isEqualTo(0.5);
        assertThat(report.perLabel()).containsKey("angry");
    }

    @Test
    void dataOfAnotherTaskIsRefused() {
        LabeledTexts file = file("spam/test", new LabeledText("1 0 0", "ham"));

        assertThatThrownBy(() -> Evaluation.of(new Spoken(), List.of(file), Progress.silent()))
                .isInstanceOf(DataException.class)
                .hasMessage("spam/test: its labels [ham] are none of the model's [negative, neutral, positive]");
    }

    @Test
    void theJsonFormHasWhatProgramsReadAndNothingThatDoesNotApply() throws IOException {
        Evaluation.Result result = Evaluation.of(new Spoken(), List.of(TWO), Progress.silent());

        JsonNode json = EvaluationJson.of("sentiment", "sentiment@1", result, Duration.ofMillis(1500));

        assertThat(json.toString())
                .startsWith(
                        "{\"task\":\"sentiment\",\"model\":\"sentiment@1\",\"rows\":2,\"skipped\":0,\"accuracy\":0.5,")
                .contains("\"f1\":{\"negative\":0.6666666666666666,\"positive\":0.0}")
                .contains("\"baseline\":{\"label\":\"negative\",\"accuracy\":0.5,")
                .endsWith("\"seconds\":1.5}");
        assertThat(json.has("bleu")).isFalse();
        assertThat(json.has("files")).isFalse();
    }

    @Test
    void theTableHasALineAFileAndOneForAllTogether() throws IOException {
        String table = EvaluationText.of(Evaluation.of(new Spoken(), List.of(TWO, THREE), Progress.silent()));

        assertThat(table.lines().limit(4))
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("data").contains("F1 neutral", "ECE"),
                        two -> assertThat(two).startsWith("two").contains("50.0 %"),
                        three -> assertThat(three).startsWith("three").contains("66.7 %"),
                        together -> assertThat(together).startsWith("together").contains("60.0 %"));
    }

    private static LabeledTexts file(String name, LabeledText... rows) {
        return new LabeledTexts(name, "", List.of(rows), List.of());
    }

    /** A model of three labels that finds its probabilities in the text. */
    private static final class Spoken implements TextModel {
        private static final List<String> LABELS = List.of("negative", "neutral", "positive");
        private final List<Integer> batchSizes = new ArrayList<>();

        @Override
        public int[] lengths(TextBatch texts) {
            return texts.texts().stream().mapToInt(String::length).toArray();
        }

        @Override
        public List<Classification> run(TextBatch texts) {
            batchSizes.add(texts.size());
            return texts.texts().stream().map(Spoken::classify).toList();
        }

        private static Classification classify(String text) {
            double[] probabilities = new double[LABELS.size()];
            String[] words = text.split(" ", -1);
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = Double.parseDouble(words[i]);
            }
            return Classification.of(LABELS, probabilities, false, 1);
        }

        @Override
        public void close() {}
    }
}
