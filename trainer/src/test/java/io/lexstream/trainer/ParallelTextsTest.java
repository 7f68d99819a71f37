package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTextsTest {
    @TempDir
    Path directory;

    @Test
    void aSentenceMayBeginWithAQuoteOrHoldOne() throws IOException {
        Path file = write("test.tsv", "\"Go!\" he said.\t« Va ! » dit-il.\nShe said \"no.\tElle a dit non.\n");

        TextPairs pairs = read(file, 1);

        assertThat(pairs.rows())
                .containsExactly(
                        new TextPair("\"Go!\" he said.", "« Va ! » dit-il."),
                        new TextPair("She said \"no.", "Elle a dit non."));
        assertThat(pairs.name()).isEqualTo(directory.getFileName() + "/test");
    }

    @Test
    void theOtherColumnIsTheSourceIfAsked() throws IOException {
        Path file = write("test.tsv", "Hello\tHallo\tBonjour\r\nBye\tTschüs\tSalut\r\n");

        assertThat(read(file, 2).sources()).containsExactly("Hallo", "Tschüs");
        assertThat(read(file, 2).targets()).containsExactly("Hello", "Bye");
        assertThat(read(file, 3).rows())
                .containsExactly(new TextPair("Bonjour", "Hello"), new TextPair("Salut", "Bye"));
    }

    @Test
    void gzipIsToldByItsContent() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("a\tb\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(directory.resolve("packed"), packed.toByteArray());

        assertThat(read(file, 1).rows()).containsExactly(new TextPair("a", "b"));
    }

    @Test
    void aBadRowIsSkippedAndListedByLineWithoutItsText() throws IOException {
        Path file = directory.resolve("mixed.tsv");
        byte[] rows =
                "one\teins\nsecret\n\n \tsecret\nsecret\t \nsecret?\tx\ntwo\tzwei".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = rows[i] == '?' ? (byte) 0xff : rows[i];
        }
        Files.write(file, rows);

        TextPairs pairs = read(file, 1);

        assertThat(pairs.targets()).containsExactly("eins", "zwei");
        assertThat(pairs.skipped())
                .containsExactly(
                        new SkippedRow(2, "1 columns instead of 2"),
                        new SkippedRow(4, "source is blank"),
                        new SkippedRow(5, "target is blank"),
                        new SkippedRow(6, "not UTF-8"));
    }

    @Test
    void jsonLinesAreReadByTheirKeys() throws IOException {
        Path file = write("corpus.jsonl", """
                {"en":"Broken.","de":"Kaputt.","topic":"quality"}
                {"en":"Fine.","de":"half \\ud800"}
                {"en":"half \\ud800","de":"Gut."}
                """);
        ReadOptions german = new ReadOptions(List.of("de"), "en", false, OptionalInt.empty());

        TextPairs pairs = ParallelTexts.read(DataFile.of(file).with(german), 1);

        assertThat(pairs.rows()).containsExactly(new TextPair("Kaputt.", "Broken."));
        assertThat(pairs.skipped())
                .containsExactly(
                        new SkippedRow(2, "\"de\" holds half a surrogate pair"),
                        new SkippedRow(3, "\"en\" holds half a surrogate pair"));
    }

    @Test
    void aSampleIsSeededAndKeepsTheOrder() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 100; i < 200; i++) {
            rows.append(i).append("\tx\n");
        }
        Path file = write("many.tsv", rows.toString());
        DataFile ten = new DataFile(file, 10, ParallelTexts.columns(1));

        List<String> sample = ParallelTexts.read(ten, 1).sources();

        assertThat(sample)
                .hasSize(10)
                .isSorted()
                .isEqualTo(ParallelTexts.read(ten, 1).sources());
        assertThat(ParallelTexts.read(ten, 2).sources()).isNotEqualTo(sample);
    }

    @Test
    void whatIsNoParallelTextIsRefusedWithWhatWasExpected() throws IOException {
        Path file = write("prose.tsv", "no tab\nnone here\n");

        assertThatThrownBy(() -> read(file, 1))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": 2 of 2 rows cannot be used (first: line 1: 1 columns instead of 2);"
                        + " expected columns separated by tabs, or JSON lines, with \"1\" and \"2\"");
        assertThatThrownBy(() -> ParallelTexts.read(DataFile.of(file), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column \"text\": it has no header");
    }

    private static TextPairs read(Path file, int sourceColumn) throws IOException {
        return ParallelTexts.read(DataFile.of(file).with(ParallelTexts.columns(sourceColumn)), 1);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
