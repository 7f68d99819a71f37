package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.trainer.CorpusSplit;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.ReadOptions;
import io.lexstream.trainer.TextPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read, cleaned, made noisy and masked before anything is trained. */
class PairDataTest {
    private static final Languages TO_ENGLISH = new Languages(List.of("de", "fr", "es"), "en");

    @TempDir
    Path directory;

    @Test
    void anArgumentNamesFileRowsAndWeight() {
        assertThat(PairSource.parse("a.tsv")).isEqualTo(new PairSource(Path.of("a.tsv"), Integer.MAX_VALUE, 1));
        assertThat(PairSource.parse("a.tsv:500")).isEqualTo(new PairSource(Path.of("a.tsv"), 500, 1));
        assertThat(PairSource.parse("a.tsv*3")).isEqualTo(new PairSource(Path.of("a.tsv"), Integer.MAX_VALUE, 3));
        assertThat(PairSource.parse("x/a.tsv.gz:20*0.5")).isEqualTo(new PairSource(Path.of("x/a.tsv.gz"), 20, 0.5));
        assertThatThrownBy(() -> PairSource.parse("a.tsv:0")).hasMessageContaining("above 0");
    }

    @Test
    void aTableGivesTheColumnsThatAreAskedFor() throws IOException {
        Path file = Files.writeString(
                directory.resolve("a.tsv"), "Hello.\tHallo.\nBad row\nIt's 5 \"o'clock\".\tEs ist 5.\n");

        PairRows rows = new PairReader(TO_ENGLISH, 2, 1)
                .read(List.of(new PairSource(file, 100, 2)), CorpusSplit.TRAIN)
                .get(0);

        assertThat(rows.pairs().rows())
                .containsExactly(new TextPair("Hallo.", "Hello."), new TextPair("Es ist 5.", "It's 5 \"o'clock\"."));
        assertThat(rows.pairs().skipped()).hasSize(1);
        assertThat(rows.weight()).isEqualTo(2);
    }

    @Test
    void aMessageGivesAPairForEachLanguageThatIsThereInItsOwnPartOnly() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("{\"id\":\"m-%d\",\"en\":\"Broken %d.\",\"de\":\"Kaputt %d.\",\"fr\":\"Cassé %d.\"}"
                    .formatted(i, i, i, i));
        }
        Path file = Files.write(directory.resolve("feedback.jsonl"), lines);
        PairSource source = new PairSource(file, 100, 1);

        List<PairRows> train = new PairReader(TO_ENGLISH, 2, 1).read(List.of(source), CorpusSplit.TRAIN);
        List<PairRows> test = new PairReader(TO_ENGLISH, 2, 1).read(List.of(source), CorpusSplit.TEST);

        assertThat(train).extracting(PairRows::name).allMatch(name -> name.endsWith(" de") || name.endsWith(" fr"));
        assertThat(train).hasSize(2);
        assertThat(train.get(0).pairs().sources())
                .doesNotContainAnyElementsOf(test.get(0).pairs().sources());
        assertThat(train.get(0).pairs().targets()).allMatch(text -> text.startsWith("Broken"));
    }

    @Test
    void jsonLinesWithoutAnyOfTheLanguagesAreRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), "{\"id\":\"1\",\"it\":\"Ciao\"}\n");

        assertThatThrownBy(() ->
                        new PairReader(TO_ENGLISH, 2, 1).read(List.of(new PairSource(file, 10, 1)), CorpusSplit.TRAIN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none of the keys [de, fr, es]");
    }

    @Test
    void pairsThatTeachTheWrongThingAreLeftOutAndCounted() {
        PairCleaning cleaning = new PairCleaning(Set.of("wird gemessen."));
        String longText = "Ein Satz, der viel länger ist als seine angebliche Übersetzung auf der anderen Seite.";

        List<TextPair> kept = cleaning.clean(List.of(
                new TextPair("Gut.", "Good."),
                new TextPair("Gut.", "Good."),
                new TextPair("Wird  gemessen.", "Is measured."),
                new TextPair(longText, "A sentence."),
                new TextPair("Visual Basic", "Visual Basic"),
                new TextPair("OK", "OK")));

        assertThat(kept).containsExactly(new TextPair("Gut.", "Good."), new TextPair("OK", "OK"));
        assertThat(cleaning.dropped())
                .containsEntry("there already", 1)
                .containsEntry("measured on", 1)
                .containsEntry("one side much longer", 1)
                .containsEntry("not translated", 1);
    }

    @Test
    void aTextOfSentencesIsAddedSentenceBySentence() {
        TextPair both = new TextPair("Der Kaffee war kalt. Nie wieder!", "The coffee was cold. Never again!");
        TextPair uneven = new TextPair("Kalt. Bitter. Nie wieder!", "Cold and bitter, never again!");

        List<TextPair> kept = new PairCleaning(Set.of()).clean(List.of(both, uneven));

        assertThat(kept)
                .containsExactly(
                        both,
                        new TextPair("Der Kaffee war kalt.", "The coffee was cold."),
                        new TextPair("Nie wieder!", "Never again!"),
                        uneven);
    }

    @Test
    void someSourcesShoutWithTheirTargetsAndSomeDoNotCare() {
        CaseNoise noise = new CaseNoise(0.3);
        int shouting = 0;
        int small = 0;
        for (int i = 0; i < 1000; i++) {
            TextPair pair = new TextPair("Satz Nummer " + i + ".", "Sentence number " + i + ".");
            TextPair noisy = noise.of(pair);
            if (noisy.source().equals("SATZ NUMMER " + i + ".")) {
                assertThat(noisy.target()).isEqualTo("SENTENCE NUMBER " + i + ".");
                shouting++;
            } else if (noisy.source().equals("satz nummer " + i)) {
                assertThat(noisy.target()).isEqualTo(pair.target());
                small++;
            } else {
                assertThat(noisy).isEqualTo(pair);
            }
        }
        assertThat(shouting).isBetween(70, 130);
        assertThat(small).isBetween(160, 240);
        assertThat(new CaseNoise(0).of(new TextPair("A.", "B."))).isEqualTo(new TextPair("A.", "B."));
    }

    @Test
    void whatIsNeverTranslatedIsMaskedOnBothSides() {
        TextPair masked = PairEncoding.masked(new TextPair(
                "Die Bestellung A-12345 kostet 12,50 €, siehe https://shop.example/a.",
                "Order A-12345 costs €12.50, see https://shop.example/a."));

        assertThat(masked.source())
                .contains("[1]")
                .contains("[2]")
                .contains("[3]")
                .doesNotContain("example");
        assertThat(masked.target())
                .contains("[1]")
                .contains("[2]")
                .contains("[3]")
                .doesNotContain("12.50");
    }

    @Test
    void textsWithSummariesComeByTheirColumnsAndEachTextOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), """
                {"body": "A long text about tea.", "title": "Tea"}
                {"body": "A long  text about TEA.", "title": "Drinks"}
                {"body": "Short", "title": "Longer than its text"}
                {"body": "What is measured on.", "title": "Test"}
                """);
        ReadOptions columns = new ReadOptions(List.of("body"), "title", true, OptionalInt.empty());

        PairRows rows = new SummaryReader(columns, 1)
                .read(List.of(new PairSource(file, 100, 2)))
                .get(0);
        SummaryCleaning cleaning = new SummaryCleaning(Set.of("what is measured on."));

        assertThat(rows.weight()).isEqualTo(2);
        assertThat(cleaning.clean(rows.pairs().rows())).containsExactly(new TextPair("A long text about tea.", "Tea"));
        assertThat(cleaning.dropped())
                .containsEntry("there already", 1)
                .containsEntry("no shorter than the text", 1)
                .containsEntry("measured on", 1);
    }
}
