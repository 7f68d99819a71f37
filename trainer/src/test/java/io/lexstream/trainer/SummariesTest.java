package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummariesTest {
    @TempDir
    Path directory;

    @Test
    void readsDocumentAndSummaryAndIgnoresOtherKeys() throws IOException {
        Path file = Files.writeString(directory.resolve("test.jsonl"), """
                {"id":1,"document":"One.\\nTwo.","summary":"Both.","references":["x"]}
                {"id":2,"document":"","summary":"Nothing."}
                {"id":3,"summary":"Nothing."}
                """);

        TextPairs pairs = Summaries.read(DataFile.of(file).with(Summaries.COLUMNS), 1);

        assertThat(pairs.rows()).containsExactly(new TextPair("One.\nTwo.", "Both."));
        assertThat(pairs.skipped())
                .containsExactly(new SkippedRow(2, "source is blank"), new SkippedRow(3, "no string \"document\""));
    }

    @Test
    void otherKeysCanBeNamedAndATableHasThemInItsHeader() throws IOException {
        Path file = Files.writeString(directory.resolve("test.csv"), "headline,dialogue\nShort,\"A: Hi,\nB: Hi.\"\n");
        ReadOptions options = new ReadOptions(List.of("dialogue"), "headline", true, OptionalInt.empty());

        assertThat(Summaries.read(DataFile.of(file).with(options), 1).rows())
                .containsExactly(new TextPair("A: Hi,\nB: Hi.", "Short"));
    }
}
