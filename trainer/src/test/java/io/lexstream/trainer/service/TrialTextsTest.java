package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.GenerationTask;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTextsTest {
    private final TrialTexts texts = new TrialTexts(new NamedLabels(List.of("bad", "good")), new AuthorCap(3, 1));

    @Test
    void bothVersionsAreAskedAboutEveryTextOnce() {
        texts.labelled("1", example("a fine kettle", "good", ""));
        texts.labelled("2", example("a leaking kettle", "bad", ""));
        texts.labelled("3", example("A  fine KETTLE", "good", ""));
        assertThat(texts.unasked(1)).containsExactly("A  fine KETTLE");
        assertThat(texts.unasked(9)).containsExactly("A  fine KETTLE", "a leaking kettle");

        texts.said("a fine kettle", "bad", "good");
        assertThat(texts.unasked(9)).containsExactly("a leaking kettle");
        texts.said("a leaking kettle", "bad", "bad");

        assertThat(texts.unasked(9)).isEmpty();
        assertThat(texts.agreement()).isEqualTo(new Agreement(2, 0, 1));
    }

    @Test
    void whatHadALabelBeforeTheTrialDoesNotCount() {
        texts.known(example("a fine kettle", "good", ""));

        texts.labelled("2", example("A fine  kettle", "bad", ""));

        assertThat(texts.unasked(9)).isEmpty();
        assertThat(texts.agreement()).isEqualTo(Agreement.NONE);
    }

    @Test
    void aLabelThatIsChangedOrErasedCountsAsItStandsNow() {
        texts.labelled("1", example("a fine kettle", "good", ""));
        texts.said("a fine kettle", "bad", "good");
        assertThat(texts.agreement()).isEqualTo(new Agreement(1, 0, 1));

        texts.labelled("1", example("a fine kettle", "bad", ""));
        assertThat(texts.agreement()).isEqualTo(new Agreement(1, 1, 0));
        texts.forget("1");

        assertThat(texts.agreement()).isEqualTo(Agreement.NONE);
    }

    @Test
    void labelsThatAreUnknownOrNotBelievedDoNotCount() {
        texts.labelled("1", example("a kettle", "splendid", ""));
        texts.labelled(
                "2",
                TrainingExample.newBuilder(example("a lamp", "good", ""))
                        .setWeight(0)
                        .build());

        assertThat(texts.unasked(9)).isEmpty();
    }

    @Test
    void oneAuthorDoesNotDecideAlone() {
        for (int i = 0; i < 50; i++) {
            texts.labelled("flood " + i, example("kettle number " + i, "bad", "mallory"));
        }
        texts.labelled("ann", example("a fine kettle", "good", "ann"));

        assertThat(texts.unasked(99)).hasSize(4).contains("a fine kettle");
    }

    @Test
    void ofTwoTranslationsTheOneNearerToThePersonsIsRight() {
        TrialTexts translations = new TrialTexts(new WrittenLabels(GenerationTask.TRANSLATION), new AuthorCap(9, 1));
        translations.labelled("1", example("Der Kessel ist undicht.", "The kettle leaks.", ""));
        translations.labelled("2", example("Die Lampe ist hell.", "The lamp is bright.", ""));
        translations.labelled("3", example("Nie wieder!", "Never again!", ""));

        translations.said("Der Kessel ist undicht.", "The cattle is undense.", "The kettle is leaking.");
        translations.said("Die Lampe ist hell.", "The lamp is bright.", "The bright is.");
        translations.said("Nie wieder!", "Never!", "Never!");

        assertThat(translations.agreement()).isEqualTo(new Agreement(3, 1, 1));
    }

    private static TrainingExample example(String text, String label, String author) {
        return TrainingExample.newBuilder()
                .setEventId(text)
                .setTask("spam")
                .setText(text)
                .setLabel(label)
                .setAuthor(author)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}
