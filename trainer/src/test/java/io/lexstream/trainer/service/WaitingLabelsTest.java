package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.events.Source;
import io.lexstream.schemas.TextLabel;
import io.lexstream.schemas.TrustedRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WaitingLabelsTest {
    static {
        TrustedRecords.allow();
    }

    private static final TopicPartition PARTITION = new TopicPartition("text.labels", 0);
    private static final Instant READ = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration WAIT = Duration.ofMinutes(10);

    private final WaitingLabels waiting = new WaitingLabels();

    @Test
    void anEventsLabelsAreTakenInTheirOrderAndWaitNoLonger() {
        PendingLabel first = label(3, "e1", READ);
        PendingLabel other = label(5, "e2", READ);
        PendingLabel second = label(9, "e1", READ);
        waiting.add(first);
        waiting.add(other);
        waiting.add(second);

        assertThat(waiting.take("e1")).containsExactly(first, second);

        assertThat(waiting.take("e1")).isEmpty();
        assertThat(waiting.events()).containsExactly("e2");
        assertThat(waiting.offsets(PARTITION)).containsExactly(5L);
    }

    @Test
    void aLabelExpiresOnlyAfterASearchAndItsWait() {
        PendingLabel early = label(1, "e1", READ);
        PendingLabel late = label(2, "e1", READ.plus(WAIT));
        waiting.add(early);
        waiting.add(late);

        assertThat(waiting.takeExpired(READ.plus(WAIT), WAIT))
                .as("not searched for")
                .isEmpty();
        waiting.searched(Set.of("e1"));
        assertThat(waiting.takeExpired(READ.plus(WAIT).minusMillis(1), WAIT)).isEmpty();
        assertThat(waiting.takeExpired(READ.plus(WAIT), WAIT)).containsExactly(early);

        assertThat(waiting.events()).containsExactly("e1");
        assertThat(waiting.takeExpired(READ.plus(WAIT).plus(WAIT), WAIT)).containsExactly(late);
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void aSearchBeginsAtTheOldestLabelThatNoneWasMadeFor() {
        waiting.add(label(1, "e1", READ));
        waiting.searched(Set.of("e1"));
        waiting.add(label(2, "e2", READ.plusSeconds(5)));
        waiting.add(label(3, "e3", READ.plusSeconds(9)));

        assertThat(waiting.anyUnsearched()).isTrue();
        assertThat(waiting.oldestUnsearched(READ.plus(WAIT))).isEqualTo(READ.plusSeconds(5));
    }

    @Test
    void aPartitionIsFullBeforeItsOffsetsMetadataIs() {
        for (int i = 0; i < WaitingOffsets.MOST; i++) {
            assertThat(waiting.isFull(PARTITION)).isFalse();
            waiting.add(label(i, "e" + i, READ));
        }

        assertThat(waiting.isFull(PARTITION)).isTrue();
    }

    private static PendingLabel label(long offset, String event, Instant readAt) {
        TextLabel label =
                TextLabel.newBuilder().setEventId(event).setTask("spam").build();
        return new PendingLabel(new Source("text.labels", 0, offset), new byte[0], label, "ham", 1, readAt, readAt);
    }
}
