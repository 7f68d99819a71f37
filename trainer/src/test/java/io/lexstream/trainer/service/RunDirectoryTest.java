package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    private Path runs;

    @Test
    void whatWasSavedIsLoadedAsItWas() throws IOException {
        RunData data = new RunData(
                List.of(new TrainingRow(
                        "Zwei\nZeilen \"👍\"", "good", 0.1 + 0.2, Map.of("good", 0.7, "bad", 0.3), "de", "app")),
                List.of(),
                List.of(new TrainingRow("b", "bad", 1, Map.of(), "", "")),
                List.of(),
                List.of(new TrainingRow("c", "bad", 1, Map.of(), "", "")),
                Map.of("seed", "1", "data/labels", "up to = 5"));
        RunDirectory directory = new RunDirectory(runs, "spam@1");

        directory.countAttempt();
        assertThat(directory.attempts()).as("without its rows").isEmpty();
        directory.save(data);
        directory.checkpoints();

        assertThat(new RunDirectory(runs, "spam@1").load()).isEqualTo(data);
        assertThat(directory.attempts()).hasValue(1);
    }

    @Test
    void attemptsAreCountedAcrossProcesses() throws IOException {
        RunDirectory directory = new RunDirectory(runs, "spam@1");
        directory.save(new RunData(List.of(), List.of(), List.of(), List.of(), List.of(), Map.of()));

        new RunDirectory(runs, "spam@1").countAttempt();
        new RunDirectory(runs, "spam@1").countAttempt();

        assertThat(directory.attempts()).hasValue(2);
    }

    @Test
    void aRunThatIsOverLeavesNoTexts() throws IOException {
        RunDirectory directory = new RunDirectory(runs, "spam@1");
        directory.save(new RunData(List.of(), List.of(), List.of(), List.of(), List.of(), Map.of()));
        Files.writeString(directory.checkpoints().resolve("features"), "x");

        directory.delete();

        assertThat(runs).isEmptyDirectory();
    }
}
