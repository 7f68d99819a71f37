package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BagOfWordsBaselineTest {
    private static final List<String> THINGS =
            List.of("lamp", "kettle", "chair", "phone", "bag", "clock", "pan", "tent");

    /** "not good" and "not bad" need word pairs. */
    private static List<LabeledText> reviews(String ending) {
        List<LabeledText> rows = new ArrayList<>();
        for (String thing : THINGS) {
            rows.add(new LabeledText("The " + thing + " is not good" + ending, "negative"));
            rows.add(new LabeledText("The " + thing + " is not bad" + ending, "positive"));
            rows.add(new LabeledText("A good " + thing + ending, "positive"));
            rows.add(new LabeledText("A bad " + thing + ending, "negative"));
        }
        return rows;
    }

    @Test
    void wordPairsTellWhatWordsAloneDoNot() throws IOException {
        LabeledTexts test = new LabeledTexts("test", "", reviews(", I think"), List.of());

        Evaluation.Result result =
                Evaluation.of(BagOfWordsBaseline.train(reviews("!"), 1), List.of(test), Progress.silent());

        assertThat(result.together().accuracy()).isEqualTo(1);
    }

    @Test
    void aTextOfUnknownWordsGetsProbabilitiesToo() {
        BagOfWordsBaseline model = BagOfWordsBaseline.train(reviews("!"), 1);

        Classification said = model.run(new TextBatch(List.of("\u732b", ""))).get(0);

        assertThat(said.scores()).containsOnlyKeys("negative", "positive");
        assertThat(said.scores().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void theSameSeedGivesTheSameModel() {
        TextBatch texts = new TextBatch(List.of("a good lamp", "not so bad", "hm"));

        assertThat(BagOfWordsBaseline.train(reviews("!"), 7).run(texts))
                .isEqualTo(BagOfWordsBaseline.train(reviews("!"), 7).run(texts));
    }

    @Test
    void oneLabelIsNothingToLearn() {
        assertThatThrownBy(() -> BagOfWordsBaseline.train(List.of(new LabeledText("x", "a")), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2 labels, got [a]");
    }

    @Test
    void theTableShowsItBesideTheModel() throws IOException {
        LabeledTexts test = new LabeledTexts("test", "", reviews("?"), List.of());
        Evaluation.Result result =
                Evaluation.of(BagOfWordsBaseline.train(reviews("!"), 1), List.of(test), Progress.silent());

        String table = EvaluationText.of(result, result);

        assertThat(table.lines().limit(2))
                .satisfiesExactly(
                        header -> assertThat(header).endsWith("bag of words: accuracy  macro-F1"),
                        row -> assertThat(row).endsWith("100.0 %   100.0 %"));
    }
}
