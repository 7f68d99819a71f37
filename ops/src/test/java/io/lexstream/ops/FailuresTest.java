package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.trainer.DataException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void saysEachCauseOnce() {
        var cause = new IllegalStateException("port 9092 is taken");
        var failure = new IllegalStateException("the broker did not start: port 9092 is taken", cause);

        assertThat(Failures.describe(failure)).isEqualTo("the broker did not start: port 9092 is taken");
    }

    @Test
    void addsWhatOnlyTheCauseKnows() {
        var failure = new IllegalStateException("cannot send", new IllegalStateException("no leader"));

        assertThat(Failures.describe(failure)).isEqualTo("cannot send: no leader");
    }

    @Test
    void doesNotNameWrappers() {
        var failure = new ExecutionException(new IllegalStateException("no leader"));

        assertThat(Failures.describe(failure)).isEqualTo("no leader");
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        assertThat(Failures.describe(new NoSuchFileException("texts.jsonl"))).isEqualTo("no such file: texts.jsonl");
    }

    @Test
    void stopsAtAMessageWrittenForPeople() {
        var failure = new CommandException("line 3: not JSON", new IllegalStateException("parser state 17"));

        assertThat(Failures.describe(failure)).isEqualTo("line 3: not JSON");
    }

    @Test
    void saysOfADataFileOnceThatItIsMissing() {
        var failure = new DataException("pairs.tsv: no such file", new NoSuchFileException("pairs.tsv"));

        assertThat(Failures.describe(failure)).isEqualTo("pairs.tsv: no such file");
    }

    @Test
    void isOneLineWhateverTheMessage() {
        assertThat(Failures.describe(new IllegalStateException("first\n  second")))
                .isEqualTo("first second");
        assertThat(Failures.describe(new IllegalStateException())).isEqualTo("IllegalStateException");
    }
}
