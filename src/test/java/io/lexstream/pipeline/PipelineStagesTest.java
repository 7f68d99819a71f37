package io.lexstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineStagesTest {
    private static final List<String> TASKS = List.of("sentiment", "spam", "summary", "translation", "intent", "not");

    private Path file = Path.of("");

    @BeforeEach
    void place(@TempDir Path folder) {
        file = folder.resolve("stages.txt");
    }

    @Test
    void theFileIsReadAsItStandsThere() throws IOException {
        PipelineStages stages = read("""
                # what customers say
                spam                                   # reads the original

                translation if not spam
                sentiment   if not spam
                summary     if not spam and longer than 400 characters
                intent      if language is en or de and sentiment is not neutral or mixed on original
                """);

        assertThat(stages.names()).containsExactly("spam", "translation", "sentiment", "summary", "intent");
        assertThat(stages.translate()).isTrue();
        assertThat(conditions(stages, 0)).isEmpty();
        assertThat(conditions(stages, 1)).containsExactly("not spam");
        assertThat(conditions(stages, 3)).containsExactly("not spam", "longer than 400 characters");
        assertThat(conditions(stages, 4)).containsExactly("language is en or de", "sentiment is not neutral or mixed");
        assertThat(stages.stages()).extracting(Stage::onOriginal).containsExactly(false, false, false, false, true);
    }

    @Test
    void notSpamIsShortForSpamIsNotSpam() throws IOException {
        assertThat(read("spam\nsentiment if not spam").stages())
                .isEqualTo(read("spam\nsentiment if spam is not spam").stages());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "intnt                              | no task is named intnt; tasks are: sentiment, spam, summary",
                "spam                               | the stage spam is there twice",
                "not                                | no stage can be named not",
                "intent spam                        | 'spam' is not expected here, but if, on original",
                "intent if not spam sentiment       | 'sentiment' is not expected here, but and, on original",
                "intent on original if not spam     | 'if' is not expected here, but the end",
                "intent on translation              | 'translation' where 'on original' should go on with original",
                "intent on                          | the line ends where 'on original' should go on with original",
                "intent if                          | the line ends where it should go on with a condition: not STAGE",
                "intent if not                      | the line ends where it should go on with a stage after not",
                "intent if not spam and             | the line ends where it should go on with a condition",
                "intent if loud                     | unknown condition 'loud'; known are: not STAGE, STAGE is LABEL",
                "intent if spam is                  | the line ends where it should go on with a value after spam is",
                "intent if spam is ham or           | the line ends where it should go on with a value",
                "intent if longer 400               | '400' where 'longer than NUMBER characters' should go on with than",
                "intent if longer than many letters | 'many' is no number of characters",
                "intent if longer than -1 characters | '-1' is no number of characters",
                "intent if longer than 400          | should go on with characters",
                "intent if language is German       | 'German' is no language; write ISO 639-1 codes",
                "intent if language is de           | nothing tells the language; put translation before, or set language",
                "intent if not sentiment            | 'not sentiment' cannot be asked: no stage before is named sentiment",
                "intent if intent is refund         | no stage before is named intent",
                "intent if not translation          | translation writes a text and gives no label",
                "intent if summary is short         | summary writes a text and gives no label",
            })
    void anErrorNamesTheFileAndTheLine(String line, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("# comment\nspam\n" + line))
                .withMessageStartingWith(file + ":3: ")
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void theLanguageCannotBeAskedBeforeTheTranslationTellsIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("translation if language is de"))
                .withMessageStartingWith(file + ":1: ")
                .withMessageContaining("the translation tells the language, and comes later");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PipelineStages.read(write("intent if language is de\ntranslation"), TASKS, true))
                .withMessageStartingWith(file + ":1: ");
    }

    @Test
    void theLanguageCanBeAskedWhereItIsIdentified() throws IOException {
        assertThat(PipelineStages.read(write("intent if language is de"), TASKS, true)
                        .names())
                .containsExactly("intent");
    }

    @Test
    void aFileWithoutStagesAFileThatIsNotThereAndOneThatIsNoTextAreErrors() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("# nothing yet\n\n"))
                .withMessage(file + ": there is no stage in it");
        Files.write(file, new byte[] {'s', (byte) 0xff});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PipelineStages.read(file, TASKS, false))
                .withMessage(file + ": the file is not UTF-8");
        Files.delete(file);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PipelineStages.read(file, TASKS, false))
                .withMessage(file + ": there is no such file");
    }

    private PipelineStages read(String content) throws IOException {
        return PipelineStages.read(write(content), TASKS, false);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(file, content);
    }

    private static List<String> conditions(PipelineStages stages, int stage) {
        return stages.stages().get(stage).conditions().stream()
                .map(Condition::toString)
                .toList();
    }
}
