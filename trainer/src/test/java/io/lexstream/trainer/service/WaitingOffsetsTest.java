package io.lexstream.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WaitingOffsetsTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        SortedSet<Long> offsets = new TreeSet<>(List.of(0L, 7L, 8L, 5_000_000_000L));

        assertThat(WaitingOffsets.parse(WaitingOffsets.format(offsets))).isEqualTo(offsets);
        assertThat(WaitingOffsets.parse(WaitingOffsets.format(new TreeSet<>()))).isEmpty();
    }

    @Test
    void asManyAsMayWaitFitIntoTheMetadataOfAnOffset() {
        SortedSet<Long> far = new TreeSet<>();
        LongStream.range(0, WaitingOffsets.MOST).forEach(i -> far.add((1L << 50) + i * 2_000_000_000L));

        assertThat(WaitingOffsets.format(far).length()).isLessThan(4_096);
    }
}
