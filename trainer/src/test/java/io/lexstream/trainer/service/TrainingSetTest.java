package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.GenerationTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingSetTest {
    private static final List<String> LABELS = List.of("bad", "good");
    private static final LabelForm FORM = new NamedLabels(LABELS);
    private static final AuthorCap NO_CAP = new AuthorCap(1_000_000, 1);

    @Test
    void theNewestLabelOfATextWinsHoweverTheTextIsWritten() {
        List<TrainingExample> examples = List.of(
                example("1", "Nice  kettle", "good", "ann", 30),
                example("2", "nice kettle ", "bad", "bob", 10),
                example("3", "another", "good", "bob", 20));

        TrainingSet set = TrainingSet.of(examples, FORM, NO_CAP, 0);

        assertThat(all(set)).extracting(TrainingRow::label).containsExactly("good", "good");
        assertThat(set.leftOut()).containsEntry("labelled again", 1);
    }

    @Test
    void aTextOnceHeldOutStaysHeldOutWhateverElseComes() {
        List<TrainingExample> few = many(100, "ann");
        List<TrainingExample> more = new ArrayList<>(many(400, "ann"));
        more.addAll(0, List.of(example("x", "something new", "bad", "bob", 99)));

        TrainingSet before = TrainingSet.of(few, FORM, NO_CAP, 0.2);
        TrainingSet after = TrainingSet.of(more, FORM, NO_CAP, 0.2);
        TrainingSet wider = TrainingSet.of(few, FORM, NO_CAP, 0.4);

        assertThat(before.heldOut()).hasSizeBetween(10, 30);
        assertThat(after.heldOut()).containsAll(before.heldOut()).hasSizeBetween(60, 100);
        assertThat(wider.heldOut()).containsAll(before.heldOut());
        assertThat(after.train()).doesNotContainAnyElementsOf(before.heldOut());
    }

    @Test
    void noTextIsInTwoParts() {
        TrainingSet set = TrainingSet.of(many(300, "ann"), FORM, NO_CAP, 0.2);

        assertThat(set.dev()).isNotEmpty();
        assertThat(all(set))
                .extracting(TrainingRow::text)
                .doesNotHaveDuplicates()
                .hasSize(300);
    }

    @Test
    void anAuthorWhoFloodsHasNoMoreRowsThanAllOthersTogether() {
        List<TrainingExample> examples = new ArrayList<>(many(900, "flooder"));
        examples.addAll(many("others", 100, "ann"));

        TrainingSet set = TrainingSet.of(examples, FORM, new AuthorCap(1_000, 0.25), 0.2);
        TrainingSet again = TrainingSet.of(examples, FORM, new AuthorCap(1_000, 0.25), 0.2);

        assertThat(all(set)).hasSize(200);
        assertThat(set.leftOut()).containsEntry("too many of one author", 800);
        assertThat(again).isEqualTo(set);
    }

    @Test
    void aLabelThatTheModelDoesNotHaveIsLeftOut() {
        TrainingSet set = TrainingSet.of(List.of(example("1", "a text", "splendid", "ann", 1)), FORM, NO_CAP, 0.2);

        assertThat(all(set)).isEmpty();
        assertThat(set.leftOut()).containsEntry("unknown label", 1);
    }

    @Test
    void aTextAndItsCorrectionArePairedUnlessTheyCannotBelongTogether() {
        List<TrainingExample> examples = List.of(
                example("1", "Der Kessel ist undicht.", "The kettle is leaking.", "ann", 1),
                example("2", "Der Kessel ist undicht.", "The kettle leaks.", "bob", 2),
                example("3", "Die Lampe ist kaputt.", "Die Lampe ist kaputt.", "bob", 3),
                example("4", "Die Lampe ist kaputt, und zwar ganz.", "No", "bob", 4));

        TrainingSet set = TrainingSet.of(examples, new WrittenLabels(GenerationTask.TRANSLATION), NO_CAP, 0);

        assertThat(all(set))
                .extracting(TrainingRow::text, TrainingRow::label)
                .containsExactly(tuple("Der Kessel ist undicht.", "The kettle leaks."));
        assertThat(set.leftOut())
                .containsEntry("labelled again", 1)
                .containsEntry("a copy of its text", 1)
                .containsEntry("much longer or shorter than its text", 1);
    }

    private static List<TrainingRow> all(TrainingSet set) {
        List<TrainingRow> all = new ArrayList<>(set.train());
        all.addAll(set.dev());
        all.addAll(set.heldOut());
        return all;
    }

    private static List<TrainingExample> many(int count, String author) {
        return many("text", count, author);
    }

    private static List<TrainingExample> many(String name, int count, String author) {
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(example(name + i, name + " number " + i, LABELS.get(i % 2), author, i));
        }
        return examples;
    }

    private static TrainingExample example(String id, String text, String label, String author, long second) {
        return TrainingExample.newBuilder()
                .setEventId(id)
                .setTask("mood")
                .setText(text)
                .setLabel(label)
                .setAuthor(author)
                .setCreatedAt(Instant.ofEpochSecond(second))
                .build();
    }
}
