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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableRowsTest {
    @TempDir
    Path directory;

    @Test
    void quotesMayHoldSeparatorsLineEndsAndQuotes() throws IOException {
        Path file = write("mail.csv", """
                id,text,label
                1,"Hello, you",a
                2,"two
                lines",b
                3,"he said ""no"" twice",a

                4,plain,b
                """);

        LabeledTexts read = LabeledTextReader.read(file);

        assertThat(read.rows())
                .containsExactly(
                        new LabeledText("Hello, you", "a"),
                        new LabeledText("two\nlines", "b"),
                        new LabeledText("he said \"no\" twice", "a"),
                        new LabeledText("plain", "b"));
        assertThat(read.skipped()).isEmpty();
        assertThat(read.name()).isEqualTo(directory.getFileName() + "/mail");
    }

    @Test
    void theSeparatorIsTheOneThatFindsTheColumns() throws IOException {
        Path semicolons = write("german.csv", "label;text\na;Ja, aber, nun\n");
        Path tabs = write("tabs.tsv", "text\tlabel\nOne; two, three\tb\n");

        assertThat(LabeledTextReader.read(semicolons).rows()).containsExactly(new LabeledText("Ja, aber, nun", "a"));
        assertThat(LabeledTextReader.read(tabs).rows()).containsExactly(new LabeledText("One; two, three", "b"));
    }

    @Test
    void aMarkAndWindowsLineEndsDoNoHarmAndTheContentTellsATable() throws IOException {
        Path file = write("export", "\ufeffText,Label\r\nGrüße,a\r\n");

        assertThat(LabeledTextReader.read(file).rows()).containsExactly(new LabeledText("Grüße", "a"));
    }

    @Test
    void severalColumnsAreJoinedByLineEndsAndBlankOnesLeftOut() throws IOException {
        ReadOptions options = options(List.of("subject", "body"), "kind", true);
        Path table = write("mail.csv", "kind,subject,body\na,Hi,There\nb,,Alone\na,,\n");
        Path lines = write("mail.jsonl", """
                {"subject":"Hi","body":"There","kind":"a"}
                {"body":"Alone","kind":"b"}
                {"kind":"a"}
                """);

        LabeledTexts fromTable = LabeledTextReader.read(table, options);
        LabeledTexts fromLines = LabeledTextReader.read(lines, options);

        assertThat(fromTable.rows()).containsExactly(new LabeledText("Hi\nThere", "a"), new LabeledText("Alone", "b"));
        assertThat(fromTable.skipped()).containsExactly(new SkippedRow(4, "text is blank"));
        assertThat(fromLines.rows()).isEqualTo(fromTable.rows());
        assertThat(fromLines.skipped()).containsExactly(new SkippedRow(3, "no string \"subject\" or \"body\""));
    }

    @Test
    void columnsHaveNumbersTooAndNothingElseWithoutAHeader() throws IOException {
        Path file = write("bare.csv", "a,7,Good\nb,8,Bad\n");

        LabeledTexts read = LabeledTextReader.read(file, options(List.of("3"), "1", false));

        assertThat(read.rows()).containsExactly(new LabeledText("Good", "a"), new LabeledText("Bad", "b"));
        assertThat(LabeledTextReader.read(file, options(List.of("3"), "1", true))
                        .texts())
                .containsExactly("Bad");
        assertThatThrownBy(() -> LabeledTextReader.read(file, options(List.of("4"), "1", false)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bare.csv has no column 4; without a header its columns are 1 to 3");
    }

    @Test
    void aColumnThatIsNotThereIsAnsweredWithTheHeader() throws IOException {
        Path file = write("tweets.csv", "id;tweet;sentiment\n1;x;y\n");

        assertThatThrownBy(() -> LabeledTextReader.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "tweets.csv has no column text, label; its first row names: id, tweet, sentiment");
    }

    @Test
    void aBadRowCostsItselfOnlyAndIsNamedByTheLineItBeginsIn() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(
                "text,label\n\"one\nrow\",a\nfew\nmany,a,b\n ,a\nno label,\n\"a \"wrong\" quote\",a\ngood,b\n"
                        .getBytes(StandardCharsets.UTF_8));
        content.writeBytes("caf\u00e9,a\n".getBytes(StandardCharsets.ISO_8859_1));
        content.writeBytes("tea,b\n\"never closed,a\nlast,a\n".getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(directory.resolve("bad.csv"), content.toByteArray());

        LabeledTexts read = LabeledTextReader.read(file);

        String quote = "a quote that is not closed, or stands inside a cell without being doubled";
        assertThat(read.texts()).containsExactly("one\nrow", "good", "tea", "last");
        assertThat(read.skipped())
                .containsExactly(
                        new SkippedRow(4, "1 cells instead of 2"),
                        new SkippedRow(5, "3 cells instead of 2"),
                        new SkippedRow(6, "text is blank"),
                        new SkippedRow(7, "label is blank"),
                        new SkippedRow(8, quote),
                        new SkippedRow(10, "not UTF-8"),
                        new SkippedRow(12, quote));
    }

    @Test
    void badRowsAreForgivenUpToTheLimit() throws IOException {
        Path file = write("some.csv", "text,label\n" + "good,a\n".repeat(10) + "bad\n".repeat(3));
        ReadOptions two = new ReadOptions(List.of("text"), "label", true, OptionalInt.of(2));
        ReadOptions three = new ReadOptions(List.of("text"), "label", true, OptionalInt.of(3));

        assertThat(LabeledTextReader.read(file, three).skipped()).hasSize(3);
        assertThatThrownBy(() -> LabeledTextReader.read(file, two))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("3 of 13 rows cannot be used (first: line 12: 1 cells instead of 2)");
    }

    @Test
    void utf16IsNamedRatherThanMisread() throws IOException {
        Path file =
                Files.write(directory.resolve("excel.tsv"), "\ufefftext\tlabel\n".getBytes(StandardCharsets.UTF_16LE));

        assertThatThrownBy(() -> LabeledTextReader.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("UTF-16; save it as UTF-8");
    }

    private static ReadOptions options(List<String> text, String label, boolean header) {
        return new ReadOptions(text, label, header, OptionalInt.empty());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
