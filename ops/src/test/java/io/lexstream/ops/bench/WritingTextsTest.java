package io.lexstream.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.language.Sentences;
import io.lexstream.ops.demo.DemoMessages;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WritingTextsTest {
    private static final Set<String> LANGUAGES = Set.of("de", "fr");

    @Test
    void theDemosMessagesComeFirstInTurnFromEachLanguage() throws IOException {
        DemoMessages demo = DemoMessages.load();

        List<String> texts = WritingTexts.in(LANGUAGES, 6);

        List<String> german = demo.textsIn("de");
        List<String> french = demo.textsIn("fr");
        assertThat(texts)
                .containsExactly(
                        german.get(0), french.get(0), german.get(1), french.get(1), german.get(2), french.get(2));
    }

    @Test
    void noSentenceIsReadOftenHoweverManyTextsAreAskedFor() throws IOException {
        List<String> texts = WritingTexts.in(LANGUAGES, 1000);

        assertThat(texts).hasSize(1000).doesNotHaveDuplicates();
        List<String> sentences = texts.stream()
                .flatMap(text -> Sentences.of(text).sentences().stream())
                .toList();
        assertThat((double) sentences.stream().distinct().count()).isGreaterThan(0.95 * sentences.size());
        assertThat(WritingTexts.in(LANGUAGES, 1000)).as("the same again").isEqualTo(texts);
    }

    @Test
    void whatTheDemoDoesNotSpeakIsMeasuredWithAllThatItDoes() throws IOException {
        assertThat(WritingTexts.in(Set.of("zu"), 40)).containsAnyElementsOf(WritingTexts.in(Set.of("es"), 5));
    }

    @Test
    void whatIsToBeSummarisedIsLong() throws IOException {
        List<String> texts = WritingTexts.toSummarise(400);

        assertThat(texts).hasSize(400).doesNotHaveDuplicates().allMatch(text -> text.length() > 600);
    }
}
