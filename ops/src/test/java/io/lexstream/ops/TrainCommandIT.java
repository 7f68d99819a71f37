package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lexstream train} as a user runs it, on the real encoder. */
class TrainCommandIT {
    private static final Path INTENT = Path.of("models", "golden", "intent.jsonl");

    @TempDir
    private Path home;

    private ShellFixture shell = new ShellFixture(Path.of(""));

    @BeforeEach
    void newShell() {
        shell = new ShellFixture(home);
    }

    @Test
    void twoTasksShareOneAdapterAndEachPackagePredicts() throws IOException {
        Path table = Files.writeString(home.resolve("orders.csv"), """
                text,label
                "Two lamps, please, and a kettle",order
                I would like to buy three mugs,order
                "Add the ""Dune"" blanket to my basket",order
                Please send me one more teapot,order
                Can I order the scarf in green?,order
                Put ten notebooks on my account,order
                this row has no label
                The weather is lovely this morning,chat
                Hello to everybody at the shop,chat
                My cat sleeps on the box all day,chat
                Have a nice weekend,chat
                I was thinking about you yesterday,chat
                "Good morning, how are you all?",chat
                """);
        Path out = home.resolve("both");

        int exitCode = shell.run(
                "",
                "train",
                "--task",
                "intent",
                "--data",
                INTENT.toString(),
                "--task",
                "purpose",
                "--data",
                table.toString(),
                "--epochs",
                "6",
                "--look-every",
                "200",
                "--learning-rate",
                "2e-3",
                "--out",
                out.toString());

        assertThat(shell.err()).contains("orders: skipped 1 row");
        assertThat(exitCode).as(shell.err()).isZero();
        assertThat(digestOfTheAdapter(out.resolve("intent"))).isEqualTo(digestOfTheAdapter(out.resolve("purpose")));
        assertThat(Files.readString(home.resolve("both").resolve("intent-report.html")))
                .contains("<svg", "bag of words");
        assertThat(predicted("intent", "The parcel is late, when will it arrive?"))
                .contains("\"delivery\"");
        assertThat(predicted("purpose", "I want to order five lamps")).contains("\"order\"");
        assertThat(out.resolveSibling("both.checkpoint")).doesNotExist();

        String again = out.resolve("intent").toString();
        Path mean = home.resolve("mean");
        int packed = new ShellFixture(home)
                .run(
                        "",
                        "train",
                        "--task",
                        "intent",
                        "--data",
                        INTENT.toString(),
                        "--from",
                        again,
                        again,
                        "--epochs",
                        "0",
                        "--out",
                        mean.toString());
        assertThat(packed).isZero();
        assertThat(digestOfTheAdapter(mean))
                .as("the mean of a version and itself, not trained on")
                .isEqualTo(digestOfTheAdapter(out.resolve("intent")));
    }

    @Test
    void aFileWithoutLabelsIsRefusedInOneLineBeforeAnythingIsTrained() throws IOException {
        Path data = Files.writeString(home.resolve("texts.csv"), "text,sentiment\nFine,positive\nBad,negative\n");

        int exitCode = shell.run(
                "",
                "train",
                "--task",
                "intent",
                "--data",
                data.toString(),
                "--out",
                home.resolve("out").toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(shell.err()).contains("label", "text, sentiment").hasLineCount(1);
    }

    private String predicted(String task, String text) {
        ShellFixture predict = new ShellFixture(home);
        predict.run(
                text + "\n",
                "predict",
                "--model",
                home.resolve("both").resolve(task).toString());
        return predict.out();
    }

    private static String digestOfTheAdapter(Path modelPackage) throws IOException {
        for (var file : new ObjectMapper()
                .readTree(Files.readString(modelPackage.resolve("manifest.json")))
                .get("files")) {
            if (file.get("role").asText().equals("ADAPTER")) {
                return file.get("sha256").asText();
            }
        }
        throw new AssertionError(modelPackage + " has no adapter");
    }

    @Test
    void aTranslatorIsTrainedFromScratchAndGoesOnWhenItIsAskedForMore() throws IOException {
        Path rows = Files.writeString(home.resolve("rows.tsv"), """
                The coffee was cold.	Der Kaffee war kalt.
                The waiter was kind.	Der Kellner war freundlich.
                """);
        Path dev = Files.writeString(home.resolve("dev.tsv"), "The tea was cold.\tDer Tee war kalt.\n");
        Path out = home.resolve("translator");
        String[] command = {
            "train",
            "--task",
            "translation",
            "--source-languages",
            "de",
            "--data",
            rows + "*3",
            "--dev",
            dev.toString(),
            "--width",
            "32",
            "--heads",
            "2",
            "--encoder-layers",
            "1",
            "--decoder-layers",
            "1",
            "--vocabulary-size",
            "400",
            "--max-steps",
            "4",
            "--looks",
            "2",
            "--out",
            out.toString()
        };

        int exitCode = shell.run("", command);

        assertThat(shell.err()).contains("look at step 4").doesNotContain("kalt");
        assertThat(exitCode).isZero();
        assertThat(out.resolve("encoder.onnx")).exists();
        assertThat(out.resolve("manifest.json")).content().contains("\"translation\"");
        assertThat(home.resolve("translator-report.html")).content().contains("Cross entropy");

        command[command.length - 5] = "6";
        command[command.length - 1] = home.resolve("longer").toString();
        Files.move(home.resolve("translator.work"), home.resolve("longer.work"));
        ShellFixture second = new ShellFixture(home);
        assertThat(second.run("", command)).isZero();
        assertThat(second.err()).contains("going on from step 4").contains("look at step 6");
    }
}
