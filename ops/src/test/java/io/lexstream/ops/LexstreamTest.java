package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexstreamTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help",
                "local",
                "process",
                "predict",
                "evaluate",
                "train",
                "trainer",
                "models",
                "send",
                "tail",
                "topics",
                "deadletters"
            })
    void helpTellsWhatEachCommandDoesWithAnExample(String command) {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "help", command);

        assertThat(exitCode).isZero();
        assertThat(shell.out()).startsWith("Usage: lexstream " + command).contains("Example");
    }

    @Test
    void helpReachesACommandInsideACommand() {
        ShellFixture shell = new ShellFixture(home);

        shell.run("", "help", "models", "publish");

        assertThat(shell.out()).startsWith("Usage: lexstream models publish").contains("--[no-]promote");
    }

    @Test
    void aWrongOptionEndsWithTwoAndTheNearestName() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "tail", "--from-begining", "text.events");

        assertThat(exitCode).isEqualTo(2);
        assertThat(shell.err()).isEqualTo("""
                        lexstream: Unknown option: '--from-begining'; did you mean --from-beginning?
                        Try: lexstream tail --help
                        """);
    }

    @Test
    void aWrongCommandEndsWithTwo() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "evalute");

        assertThat(exitCode).isEqualTo(2);
        assertThat(shell.err()).contains("'evalute'").contains("did you mean evaluate");
    }

    @Test
    void noCommandEndsWithTwo() {
        ShellFixture shell = new ShellFixture(home);

        assertThat(shell.run("")).isEqualTo(2);
        assertThat(shell.run("", "models")).isEqualTo(2);
    }

    @Test
    void aFailureIsOneLine() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "models", "verify", home.resolve("nothing").toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(shell.err().lines())
                .singleElement()
                .asString()
                .startsWith("lexstream: ")
                .contains("manifest.json");
    }

    @Test
    void verboseShowsWhereAFailureCameFrom() {
        ShellFixture shell = new ShellFixture(home);

        shell.run("", "models", "verify", "-v", home.resolve("nothing").toString());

        assertThat(shell.err()).contains("\tat io.lexstream");
    }

    @Test
    void withoutAClusterTheUserLearnsHowToNameOne() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "tail", "text.events");

        assertThat(exitCode).isEqualTo(1);
        assertThat(shell.err()).contains("lexstream local").contains("--bootstrap-servers");
    }

    @Test
    void aBrokerThatIsNotThereIsNamed() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "topics", "create", "--bootstrap-servers", "no.such.host.invalid:9092");

        assertThat(exitCode).isEqualTo(1);
        assertThat(shell.err()).contains("no.such.host.invalid:9092");
    }

    @Test
    void aVersionWithoutATaskIsWrongUse() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "models", "promote", "sentiment");

        assertThat(exitCode).isEqualTo(2);
        assertThat(shell.err()).contains("TASK@VERSION");
    }

    @Test
    void columnsCountFromOne() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "evaluate", "--task", "translation", "--data", "x", "--source-column", "0");

        assertThat(exitCode).isEqualTo(2);
        assertThat(shell.err()).contains("--source-column counts from 1");
    }

    @Test
    void aTrialIsEitherACanaryOrAShadow() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = shell.run("", "models", "promote", "sentiment@2", "--canary", "0.1", "--shadow");

        assertThat(exitCode).isEqualTo(2);
        assertThat(shell.err()).contains("mutually exclusive");
    }
}
