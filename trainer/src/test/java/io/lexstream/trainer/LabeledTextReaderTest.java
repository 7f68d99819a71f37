package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabeledTextReaderTest {
    @TempDir
    Path directory;

    @Test
    void readsTextAndLabelAndIgnoresOtherKeys() throws IOException {
        Path file = write(
                "good.jsonl",
                "{\"text\":\"Prima!\",\"label\":\"positive\",\"stars\":5}\n\n{\"label\":\"x\",\"text\":\"ü\"}");

        LabeledTexts read = LabeledTextReader.read(file);

        assertThat(read.rows()).containsExactly(new LabeledText("Prima!", "positive"), new LabeledText("ü", "x"));
        assertThat(read.skipped()).isEmpty();
        assertThat(read.labels()).containsExactly("positive", "x");
        assertThat(read.name()).isEqualTo(directory.getFileName() + "/good");
    }

    @Test
    void readsGzipWhateverTheFileIsCalled() throws IOException {
        Path file = Files.write(directory.resolve("packed"), gzip("{\"text\":\"a\",\"label\":\"b\"}\n"));

        assertThat(LabeledTextReader.read(file).rows()).containsExactly(new LabeledText("a", "b"));
    }

    @Test
    void aBadRowIsSkippedAndListedByLineWithoutItsText() throws IOException {
        Path file = write("mixed.jsonl", """
                {"text":"good","label":"a"}
                {"text":"secret","label":7}
                {"label":"a"}
                {"text":"   ","label":"a"}
                secret
                ["secret"]
                {"text":"secret \\ud800","label":"a"}
                {"text":"secret","label":"a"} {"text":"secret"}
                {"text":"good too","label":"b"}
                """);

        LabeledTexts read = LabeledTextReader.read(file);

        assertThat(read.texts()).containsExactly("good", "good too");
        assertThat(read.skipped())
                .containsExactly(
                        new SkippedRow(2, "no string \"label\""),
                        new SkippedRow(3, "no string \"text\""),
                        new SkippedRow(4, "text is blank"),
                        new SkippedRow(5, "not JSON"),
                        new SkippedRow(6, "not a JSON object"),
                        new SkippedRow(7, "\"text\" holds half a surrogate pair"),
                        new SkippedRow(8, "not JSON"));
    }

    @Test
    void aRowThatIsNotUtf8IsSkippedAndTheNextOneRead() throws IOException {
        byte[] latin1 = "{\"text\":\"caf\u00e9\",\"label\":\"a\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] good = "{\"text\":\"tea\",\"label\":\"a\"}\n".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(latin1);
        both.write(good);
        Path file = Files.write(directory.resolve("latin1.jsonl"), both.toByteArray());

        LabeledTexts read = LabeledTextReader.read(file);

        assertThat(read.texts()).containsExactly("tea");
        assertThat(read.skipped()).containsExactly(new SkippedRow(1, "not UTF-8"));
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsDoNoHarm() throws IOException {
        Path file = write(
                "windows.jsonl", "\ufeff{\"text\":\"a\",\"label\":\"b\"}\r\n{\"text\":\"c\",\"label\":\"b\"}\r\n");

        assertThat(LabeledTextReader.read(file).texts()).containsExactly("a", "c");
    }

    @Test
    void aFileThatCannotBeUsedIsRefusedInOneSentence() throws IOException {
        Path empty = write("empty.jsonl", "\n");
        Path wrong = write("wrong.jsonl", "text,label\n".repeat(30) + "{\"text\":\"a\",\"label\":\"b\"}\n".repeat(30));

        assertThatThrownBy(() -> LabeledTextReader.read(directory.resolve("absent.jsonl")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("absent.jsonl: no such file");
        assertThatThrownBy(() -> LabeledTextReader.read(empty))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("empty.jsonl is empty");
        assertThatThrownBy(() -> LabeledTextReader.read(wrong))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("wrong.jsonl: 30 of 60 rows cannot be used (first: line 1: not JSON)");
    }

    @Test
    void gzipThatEndsEarlyIsRefusedRatherThanHalfRead() throws IOException {
        byte[] packed = gzip("{\"text\":\"a\",\"label\":\"b\"}\n".repeat(1000));
        Path file = Files.write(directory.resolve("cut.jsonl.gz"), Arrays.copyOf(packed, packed.length / 2));

        assertThatThrownBy(() -> LabeledTextReader.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged or ends early");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
