package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder of Hugging Face files on the command line: a tiny model of random weights, BART-shaped, with a merged
 * decoder. Its words are w4 to w23.
 */
class ModelFolderTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "tiny-seq2seq");
    private static final String LONG = "w7 w9 w12 w20 ".repeat(20);

    @TempDir
    private Path home;

    private ShellFixture shell = new ShellFixture(Path.of(""));

    @BeforeEach
    void newShell() {
        shell = new ShellFixture(home);
    }

    private List<JsonNode> predict(String task, Path folder, String input) throws IOException {
        shell.run(input, "predict", "--task", task, "--model", folder.toString());
        JsonMapper json = new JsonMapper();
        return shell.lines().stream()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new IllegalStateException(line, e);
                    }
                })
                .toList();
    }

    @Test
    void itTranslatesLineByLine() throws IOException {
        List<JsonNode> lines = predict("translation", FOLDER, "w5 w6\n\n" + LONG + "\n");

        assertThat(shell.exitCode()).as(shell.err()).isZero();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).path("translation").asText()).matches("w\\d+( w\\d+)*");
        assertThat(lines.get(0).path("truncated").asBoolean(true)).isFalse();
        assertThat(lines.get(0).path("model").asText()).matches("translation@folder-[0-9a-f]{12}");
        assertThat(lines.get(1).path("error").asText()).contains("empty");
        assertThat(lines.get(2).path("truncated").asBoolean()).isTrue();
    }

    @Test
    void itSummarizesIfThatIsTheTask() throws IOException {
        JsonNode line = predict("summary", FOLDER, "w5 w6\n").get(0);

        assertThat(line.path("summary").asText()).matches("w\\d+( w\\d+)*");
        assertThat(line.has("translation")).isFalse();
    }

    @Test
    void itIsEvaluated() throws IOException {
        String translation = predict("translation", FOLDER, "w5 w6\n")
                .get(0)
                .path("translation")
                .asText();
        Path data = Files.writeString(home.resolve("pairs.tsv"), "w5 w6\t" + translation + "\n");
        ShellFixture evaluate = new ShellFixture(home);

        evaluate.run(
                "",
                "evaluate",
                "--task",
                "translation",
                "--model",
                FOLDER.toString(),
                "--data",
                data.toString(),
                "--json");

        assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
        assertThat(evaluate.out()).contains("\"chrf\":1.0");
    }

    @Test
    void whatItLacksIsSaid() throws IOException {
        Path copy = home.resolve("copy");
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(FOLDER.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        Files.delete(copy.resolve("tokenizer.json"));
        shell.run("w5\n", "predict", "--task", "translation", "--model", copy.toString());
        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.err()).contains("has no tokenizer.json");

        Files.delete(copy.resolve("config.json"));
        ShellFixture noModel = new ShellFixture(home);
        noModel.run("w5\n", "predict", "--task", "translation", "--model", copy.toString());
        assertThat(noModel.exitCode()).isEqualTo(1);
        assertThat(noModel.err()).contains("manifest.json");
    }
}
