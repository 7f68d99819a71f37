package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.inference.Classification;
import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrittenTextsTest {
    @Test
    void eachTextGetsWhatWasWrittenOfIt() {
        List<String> texts = IntStream.range(0, 5000)
                .mapToObj(i -> "x".repeat(1 + i % 700) + i)
                .toList();

        List<String> written = WrittenTexts.of(new Fake(WrittenTextsTest::summary), "many", texts, Progress.silent());

        assertThat(written).isEqualTo(texts.stream().map(text -> "of " + text).toList());
    }

    @Test
    void progressCountsCharactersSoThatLongTextsFirstDoNotFrighten() {
        List<String> lines = new ArrayList<>();
        Progress progress = new Progress(lines::add, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), Duration.ZERO);
        List<String> texts = List.of("a".repeat(100), "b".repeat(1500), "c".repeat(400));

        WrittenTexts.of(new Fake(WrittenTextsTest::summary), "news", texts, progress);

        assertThat(lines).first().asString().startsWith("news: 1 of 3 texts (75 %");
        assertThat(lines).last().asString().startsWith("news: 3 of 3 texts (100 %");
    }

    @Test
    void aModelThatWritesNothingIsRefused() {
        Fake classifier = new Fake(text -> Classification.of(List.of("a", "b"), new double[] {0.9, 0.1}, false, 1));

        assertThatThrownBy(() -> WrittenTexts.of(classifier, "file", List.of("x"), Progress.silent()))
                .hasMessage("the model writes nothing, it says Classification");
    }

    @Test
    void aTextInALanguageThatIsNotSupportedCountsAsNothingWritten() {
        Fake translator = new Fake(text -> translation(!text.equals("hei")));

        assertThat(WrittenTexts.of(translator, "file", List.of("Hallo", "hei"), Progress.silent()))
                .containsExactly("Hello", "");
    }

    private static TextOutput translation(boolean supported) {
        return supported
                ? new Translation(Translation.Status.TRANSLATED, "Hello", "de", "en", 1, -0.1, false, false, 3)
                : new Translation(Translation.Status.UNSUPPORTED, "", "fi", "en", 1, 0, false, false, 0);
    }

    private static TextOutput summary(String text) {
        return new ExtractedSummary("of " + text, List.of(0), 1, false, false, 1);
    }

    /** Says of each text what a function says; reads a token a character. */
    private record Fake(Function<String, TextOutput> says) implements TextModel {
        @Override
        public int[] lengths(TextBatch texts) {
            return texts.texts().stream().mapToInt(String::length).toArray();
        }

        @Override
        public List<TextOutput> run(TextBatch texts) {
            return texts.texts().stream().map(says).toList();
        }

        @Override
        public void close() {}
    }
}
