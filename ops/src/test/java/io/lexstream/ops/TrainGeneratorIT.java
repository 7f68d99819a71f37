package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code lexstream train --from} a folder of Hugging Face files: tiny, BART-shaped, merged; its words are w4 to w23.
 */
class TrainGeneratorIT {
    private static final Path FOLDER = Path.of("src", "test", "resources", "tiny-seq2seq");

    @TempDir
    private Path home;

    private ShellFixture shell = new ShellFixture(Path.of(""));
    private Path data = Path.of("");
    private Path dev = Path.of("");

    @BeforeEach
    void write() throws IOException {
        shell = new ShellFixture(home);
        data = Files.writeString(home.resolve("pairs.tsv"), "w5 w7 w9\tw14 w18\nw12 w13\tw10 w21\n");
        dev = Files.writeString(home.resolve("dev.tsv"), "w5 w7 w9 w9\tw14 w18\n");
    }

    private int train(String task, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--task",
                task,
                "--from",
                FOLDER.toString(),
                "--data",
                data.toString(),
                "--out",
                home.resolve("out").toString()));
        arguments.addAll(Arrays.asList(more));
        return shell.run("", arguments.toArray(String[]::new));
    }

    @Test
    void theFolderBecomesAPackageThatSaysWhatItWasTaught() throws IOException {
        int exitCode = train(
                "translation",
                "--dev",
                dev.toString(),
                "--source-column",
                "1",
                "--max-steps",
                "400",
                "--learning-rate",
                "8e-3",
                "--label-smoothing",
                "0",
                "--model-version",
                "2");

        assertThat(exitCode).as(shell.err()).isZero();
        assertThat(shell.out())
                .containsPattern("translation@folder-\\w+\n\ndata .*BLEU")
                .contains("translation@2\n\n");
        assertThat(shell.out()).contains("next: lexstream models publish");
        assertThat(home.resolve("out-report.html")).content().contains("<svg");
        assertThat(home.resolve("out").resolve("MODEL_CARD.md")).content().contains("with the method lora", "dev");
        ShellFixture predict = new ShellFixture(home);
        predict.run("w12 w13\n", "predict", "--model", home.resolve("out").toString());
        assertThat(predict.out()).as(predict.err()).contains("\"w10 w21\"");
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        assertThat(train("translation")).isEqualTo(2);
        assertThat(shell.err()).contains("a --dev file");

        shell = new ShellFixture(home);
        assertThat(train("translation", "--dev", "nowhere.tsv")).isEqualTo(1);
        assertThat(shell.err()).contains("lexstream: nowhere.tsv: no such file\n");

        shell = new ShellFixture(home);
        assertThat(train("translation", "--dev", dev.toString(), "--method", "head"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("method 'head' is unknown");

        shell = new ShellFixture(home);
        assertThat(train("translation", "--dev", dev.toString(), "--method", "last-layers"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("is trained with the method lora or full, not last-layers");
    }
}
