package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The summarizer that Lexstream starts with, as a user runs it. */
class SummaryStarterIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    @Test
    void aLongMessageIsQuotedAndAShortOneIsItsOwnSummary() throws IOException {
        ShellFixture shell = new ShellFixture(home);
        String complaint =
                "Hello, I hope that you are all well. I ordered a dishwasher on the second of March. The two men who "
                        + "brought it were friendly and carried it to the third floor. When I switched it on, water ran out of the "
                        + "door and damaged my wooden floor. I have sent you photos and the offer of a carpenter for 640 euros. "
                        + "Please tell me by Friday whether your insurance will pay for the floor. With kind regards.";

        int exitCode = shell.run(complaint + "\nBroken again.\n", "predict", "--task", "summary");

        assertThat(exitCode).isZero();
        String[] lines = shell.out().split("\n", -1);
        JsonNode quoted = JSON.readTree(lines[0]);
        assertThat(quoted.path("summary").textValue())
                .contains("water ran out of the door")
                .hasSizeLessThan(complaint.length() * 3 / 4);
        assertThat(quoted.path("sentences")).isNotEmpty();
        assertThat(quoted.path("unchanged").booleanValue()).isFalse();
        JsonNode whole = JSON.readTree(lines[1]);
        assertThat(whole.path("summary").textValue()).isEqualTo("Broken again.");
        assertThat(whole.path("unchanged").booleanValue()).isTrue();
    }

    @Test
    void itBeatsTheBeginningOfTheTextOnTextsItWasNotTrainedOn() throws IOException {
        ShellFixture shell = new ShellFixture(home);
        Path golden = Path.of("models", "golden", "summary.jsonl");
        assertThat(Files.exists(golden)).isTrue();

        int exitCode = shell.run("", "evaluate", "--task", "summary", "--data", golden.toString(), "--json");

        assertThat(exitCode).isZero();
        JsonNode result = JSON.readTree(shell.out());
        assertThat(result.path("rouge1").doubleValue())
                .isGreaterThan(
                        result.path("baseline").path("lead3").path("rouge1").doubleValue());
    }
}
