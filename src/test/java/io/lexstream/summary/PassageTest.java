package io.lexstream.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PassageTest {
    private static final String TALK = """
            Anna: Hi! Did the kettle come?
            Ben: Yes. It leaks.

            Anna: Then send it back.
            """;

    @Test
    void runningTextIsTakenApartIntoItsSentences() {
        Passage passage = Passage.of("The kettle leaks. Nobody answers!\nI want my money back.");

        assertThat(passage.form()).isEqualTo(Form.PROSE);
        assertThat(passage.words()).containsExactly("The kettle leaks.", "Nobody answers!", "I want my money back.");
        assertThat(passage.sentences().get(2)).isEqualTo(new Sentence("I want my money back.", "", 1, 0));
    }

    @Test
    void linesWithSpeakersAreADialogueAndItsSentencesKnowWhoSpeaks() {
        Passage passage = Passage.of(TALK);

        assertThat(passage.form()).isEqualTo(Form.DIALOGUE);
        assertThat(passage.sentences())
                .contains(new Sentence("Did the kettle come?", "Anna:", 0, 1), new Sentence("It leaks.", "Ben:", 1, 1));
    }

    @Test
    void linesThatEachBeginWithAnotherHeadingAreNoDialogue() {
        assertThat(Passage.of("Pros: cheap.\nCons: it leaks.\nVerdict: never again.")
                        .form())
                .isEqualTo(Form.PROSE);
    }

    @Test
    void aQuoteNamesTheSpeakerOncePerLine() {
        Passage passage = Passage.of(TALK);

        assertThat(passage.quote(List.of(1, 2, 3))).isEqualTo("Anna: Did the kettle come?\nBen: Yes. It leaks.");
        assertThat(passage.quote(List.of(4))).isEqualTo("Anna: Then send it back.");
    }

    @Test
    void aQuoteOfProseIsOneLine() {
        assertThat(Passage.of("One thing.\nAnother thing.\nA third one.").quote(List.of(0, 2)))
                .isEqualTo("One thing. A third one.");
    }

    @Test
    void whatLiesBehindTheLimitIsNotReadAndSaidSo() {
        Passage long1 = Passage.of("It leaks. ".repeat(5000));
        Passage many = Passage.of("So what? ".repeat(Passage.MAX_SENTENCES + 1));

        assertThat(long1.truncated()).isTrue();
        assertThat(long1.characters()).isEqualTo(Passage.MAX_CHARACTERS);
        assertThat(many.truncated()).isTrue();
        assertThat(many.sentences()).hasSize(Passage.MAX_SENTENCES);
    }

    @Test
    void theLimitDoesNotCutACharacterInTwo() {
        Passage passage = Passage.of("a" + "\uD83D\uDE00".repeat(Passage.MAX_CHARACTERS));

        assertThat(passage.characters()).isEqualTo(Passage.MAX_CHARACTERS - 1);
    }

    @Test
    void textWithoutWordsHasNoSentence() {
        assertThat(Passage.of("").sentences()).isEmpty();
        assertThat(Passage.of("--- \uD83D\uDE00 !!!").sentences()).isEmpty();
    }
}
