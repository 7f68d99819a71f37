package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import io.lexstream.trainer.LabeledText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void chanceIsTheExactSignTest() {
        assertThat(new Agreement(100, 5, 0).behindByChance()).isCloseTo(1 / 32.0, within(1e-12));
        assertThat(new Agreement(100, 8, 2).behindByChance()).isCloseTo(56 / 1024.0, within(1e-12));
        assertThat(new Agreement(100, 0, 0).behindByChance()).isEqualTo(1);
        assertThat(new Agreement(4000, 1200, 800).behindByChance()).isLessThan(1e-9);
    }

    @Test
    void bothModelsAreAskedAboutEveryText() {
        List<LabeledText> labelled = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            labelled.add(new LabeledText("text " + i, i % 2 == 0 ? "even" : "odd"));
        }

        Agreement agreement = Agreement.of(
                saying(text -> "even"), saying(text -> text.matches(".*[02468]") ? "even" : "odd"), labelled);

        assertThat(agreement).isEqualTo(new Agreement(70, 0, 35));
    }

    @Test
    void numbersThatContradictEachOtherAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Agreement(3, 2, 2));
    }

    private static TextModel saying(Function<String, String> label) {
        return new TextModel() {
            @Override
            public int[] lengths(TextBatch texts) {
                return new int[texts.size()];
            }

            @Override
            public List<? extends TextOutput> run(TextBatch texts) {
                return texts.texts().stream()
                        .map(text -> Classification.of(List.of(label.apply(text)), new double[] {1}, false, 1))
                        .toList();
            }

            @Override
            public void close() {}
        };
    }
}
