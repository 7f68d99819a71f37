package io.lexstream.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceFeaturesTest {
    private static final List<float[]> EMBEDDINGS = List.of(new float[] {3, 4}, new float[] {0, 2}, new float[] {1, 0});

    @Test
    void aRowBeginsWithTheEmbeddingAtLengthOne() {
        List<float[]> rows = SentenceFeatures.of(Passage.of("It leaks. Why? Send 2 new lids."), EMBEDDINGS);

        assertThat(rows).hasSize(3).allMatch(row -> row.length == SentenceFeatures.dimensions(2));
        assertThat(rows.get(0)[0]).isCloseTo(0.6f, within(1e-6f));
        assertThat(rows.get(0)[1]).isCloseTo(0.8f, within(1e-6f));
    }

    @Test
    void theRowOfADialogueIsFilledInItsOtherHalf() {
        float[] prose = SentenceFeatures.of(Passage.of("It leaks. Why? Send 2 new lids."), EMBEDDINGS)
                .get(2);
        float[] talk = SentenceFeatures.of(Passage.of("A: It leaks.\nB: Why?\nA: Send 2 new lids."), EMBEDDINGS)
                .get(2);
        int half = prose.length / 2;

        assertThat(Arrays.copyOfRange(prose, half, prose.length)).containsOnly(0);
        assertThat(Arrays.copyOfRange(talk, 0, half)).containsOnly(0);
        assertThat(talk[half]).as("the embedding is the same").isEqualTo(prose[0]);
        assertThat(talk[half + 2]).as("words count the same in both").isEqualTo(prose[2]);
    }

    @Test
    void oneSentenceHasFiniteFeaturesToo() {
        float[] row = SentenceFeatures.of(Passage.of("42"), List.of(new float[] {0, 0}))
                .get(0);

        for (float value : row) {
            assertThat(value).isFinite();
        }
    }
}
