package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextBatchTest {
    private final TextBatch batch = new TextBatch(List.of("one", "three", "fifteen"));
    private final List<Integer> computedSizes = new ArrayList<>();

    @Test
    void aValueIsComputedOnceForEachKey() {
        List<Integer> first = batch.derive("tokenizer", this::lengths);
        List<Integer> second = batch.derive("tokenizer", this::lengths);
        batch.derive("another", this::lengths);

        assertThat(first).containsExactly(3, 5, 7);
        assertThat(second).isEqualTo(first);
        assertThat(computedSizes).containsExactly(3, 3);
    }

    @Test
    void aComputationMayDeriveFromAnother() {
        List<Integer> doubled = batch.derive(
                "encoder",
                texts -> texts.derive("tokenizer", this::lengths).stream()
                        .map(length -> 2 * length)
                        .toList());

        assertThat(doubled).containsExactly(6, 10, 14);
        assertThat(batch.derive("tokenizer", this::lengths)).containsExactly(3, 5, 7);
        assertThat(computedSizes).containsExactly(3);
    }

    @Test
    void aSelectionKnowsWhatIsKnownOfItsTextsInItsOwnOrder() {
        batch.derive("tokenizer", this::lengths);

        TextBatch selection = batch.select(List.of(2, 0));

        assertThat(selection.texts()).containsExactly("fifteen", "one");
        assertThat(selection.derive("tokenizer", this::lengths)).containsExactly(7, 3);
        assertThat(computedSizes).containsExactly(3);
    }

    @Test
    void whatASelectionDerivesStaysItsOwn() {
        TextBatch selection = batch.select(List.of(1));

        selection.derive("tokenizer", this::lengths);

        assertThat(batch.derive("tokenizer", this::lengths)).containsExactly(3, 5, 7);
        assertThat(computedSizes).containsExactly(1, 3);
    }

    @Test
    void onlyWhatIsNotKnownOfATextIsComputed() {
        TextBatch before = batch.select(List.of(1));
        before.derive("tokenizer", this::lengths);

        TextBatch later = new TextBatch(List.of("one", "three"), List.of(Map.of(), before.derived(0)));

        assertThat(later.derive("tokenizer", this::lengths)).containsExactly(3, 5);
        assertThat(computedSizes).containsExactly(1, 1);
    }

    @Test
    void whatAComputationOfSomeTextsDerivesOnItsWayIsKnown() {
        batch.derive("encoder", texts -> texts.derive("tokenizer", this::lengths));

        assertThat(batch.derive("tokenizer", this::lengths)).containsExactly(3, 5, 7);
        assertThat(computedSizes).containsExactly(3);
    }

    @Test
    void aFailedComputationIsNotRemembered() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.derive("tokenizer", texts -> {
                    throw new IllegalArgumentException("not today");
                }));

        assertThat(batch.derive("tokenizer", this::lengths)).containsExactly(3, 5, 7);
    }

    @Test
    void aComputationMakesOneValueForEachText() {
        assertThatIllegalStateException()
                .isThrownBy(() -> batch.derive("tokenizer", texts -> List.of(1)))
                .withMessage("tokenizer made 1 values of 3 texts");
    }

    private List<Integer> lengths(TextBatch texts) {
        computedSizes.add(texts.size());
        return texts.texts().stream().map(String::length).toList();
    }
}
