package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.schemas.TrustedRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunLogTest {
    static {
        TrustedRecords.allow();
    }

    private final RunLog log = new RunLog();

    @Test
    void theLastRunSaysUpToWhereTheExamplesAreSeen() {
        log.put(run("1", RunState.PUBLISHED, 10));
        log.put(run("2", RunState.REJECTED, 20));

        assertThat(log.examplesSeen()).containsEntry("spam", 20L);
        assertThat(log.lastRun("spam")).contains(Instant.ofEpochSecond(20));
    }

    @Test
    void aRunThatWentAwayDoesNotCountUnlessAllDo() {
        log.put(run("1", RunState.PUBLISHED, 10));
        log.put(abandoned("2", 20));
        log.put(abandoned("3", 30));

        assertThat(log.examplesSeen()).containsEntry("spam", 10L);

        log.put(abandoned("4", 40));

        assertThat(log.examplesSeen()).containsEntry("spam", 40L);
    }

    @Test
    void aRunThatIsOverStaysOverThoughARecordOfItsMiddleIsReadLater() {
        log.put(run("1", RunState.PUBLISHED, 10));
        log.put(run("1", RunState.TRAINING, 10));

        assertThat(log.unfinished()).isEmpty();
    }

    @Test
    void anUnfinishedRunGoesOnWhereItsDataAreButNotForEver() {
        TrainerRun asked = TrainerRun.newBuilder(run("1", RunState.STARTED, 0))
                .setInstance("")
                .build();
        TrainerRun begun = run("2", RunState.TRAINING, 10);

        assertThat(Takeover.of(asked, OptionalInt.empty())).isEqualTo(Takeover.BEGIN);
        assertThat(Takeover.of(begun, OptionalInt.of(1))).isEqualTo(Takeover.GO_ON);
        assertThat(Takeover.of(begun, OptionalInt.empty())).isEqualTo(Takeover.ABANDON);
        assertThat(Takeover.of(begun, OptionalInt.of(3))).isEqualTo(Takeover.GIVE_UP);
    }

    private static TrainerRun abandoned(String id, long second) {
        return TrainerRun.newBuilder(run(id, RunState.FAILED, second))
                .setReasons(List.of(RunLog.WENT_AWAY))
                .build();
    }

    private static TrainerRun run(String id, RunState state, long second) {
        return TrainerRun.newBuilder()
                .setRunId(id)
                .setTask("spam")
                .setState(state)
                .setInstance("one")
                .setMetrics(Map.of(RunLog.EXAMPLES_END, (double) second))
                .setStartedAt(Instant.ofEpochSecond(second))
                .build();
    }
}
