package io.lexstream.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackGrammarTest {
    private static final Path GRAMMAR = Path.of("../ops/corpus/grammar.txt");

    @TempDir
    private Path directory;

    @Test
    void everyTemplateOfTheProjectFitsEveryNounOfItsKind() throws IOException {
        FeedbackGrammar grammar = FeedbackGrammar.read(GRAMMAR);

        List<FeedbackMessage> messages = grammar.messages(20_000, false, 1);
        messages.forEach(message -> assertThat(message.texts().values())
                .hasSize(4)
                .noneMatch(text -> text.isBlank() || text.contains("{") || text.contains("}") || text.contains("  ")));
        assertThat(new HashSet<>(messages)).hasSizeGreaterThan(15_000);
    }

    @Test
    void whatIsKeptBackForDevelopmentIsInNoOtherMessage() throws IOException {
        FeedbackGrammar grammar = FeedbackGrammar.read(GRAMMAR);
        Set<FeedbackMessage> others = new HashSet<>(grammar.messages(2000, false, 1));

        assertThat(grammar.messages(500, true, 2)).isNotEmpty().noneMatch(others::contains);
        assertThat(grammar.templates()).filteredOn(FeedbackTemplate::keptBack).hasSizeGreaterThan(5);
    }

    @Test
    void theSameSeedMakesTheSameMessages() throws IOException {
        FeedbackGrammar grammar = FeedbackGrammar.read(GRAMMAR);

        assertThat(grammar.messages(50, false, 7))
                .isEqualTo(grammar.messages(50, false, 7))
                .isNotEqualTo(grammar.messages(50, false, 8));
    }

    @Test
    void articlesAndEndingsAgreeWithTheNoun() throws IOException {
        Path file = Files.writeString(directory.resolve("g.txt"), """
                [nouns thing]
                oven | Ofen m | étagère f | mesa f
                [templates thing]
                negative quality | The {n}. | {Den n} {er|sie|es} {dem n} | {Ce n} cassé{|e} {du n}, {mon n} | {Del n} rot{o|a}
                """);

        FeedbackMessage message =
                FeedbackGrammar.read(file).messages(1, false, 1).get(0);

        assertThat(message.texts())
                .containsEntry("en", "The oven.")
                .containsEntry("de", "Den Ofen er dem Ofen")
                .containsEntry("fr", "Cette étagère cassée de l'étagère, mon étagère")
                .containsEntry("es", "De la mesa rota");
    }

    @Test
    void aLineThatIsWrongIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("g.txt"), "[nouns thing]\noven | Ofen | four m | horno m\n");

        assertThatThrownBy(() -> FeedbackGrammar.read(file)).hasMessageContainingAll("g.txt, line 2", "Ofen");
    }
}
