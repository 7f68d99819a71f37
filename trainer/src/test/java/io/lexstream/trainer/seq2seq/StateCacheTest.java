package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.trainer.DataException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCacheTest {
    private static final int[] SHORT = {101, 7, 102};
    private static final int[] LONG = {101, 7, 8, 102};

    @TempDir
    Path directory;

    @Test
    void whatWasReadOnceIsThereInTheNextProcess() throws Exception {
        Path file = directory.resolve("work/states.bin");
        try (StateCache cache = StateCache.open(file, 2)) {
            cache.add(SHORT, new float[] {9, 9, 1, 2, 3, 4, 5, 0.25f}, 2);
            cache.add(LONG, new float[8], 0);
        }

        try (StateCache cache = StateCache.open(file, 2)) {
            float[] into = new float[7];
            cache.read(SHORT, into, 1);

            assertThat(into).containsExactly(0, 1, 2, 3, 4, 5, 0.25f);
            assertThat(cache.contains(LONG)).isTrue();
            assertThat(cache.contains(new int[] {101, 102})).isFalse();
            assertThatThrownBy(() -> cache.read(new int[] {101, 102}, into, 0))
                    .hasMessageContaining("no states of a source of 2 tokens");
        }
    }

    @Test
    void whatAKilledProcessLeftHalfWrittenIsCutOff() throws Exception {
        Path file = directory.resolve("states.bin");
        try (StateCache cache = StateCache.open(file, 2)) {
            cache.add(SHORT, new float[6], 0);
            cache.add(LONG, new float[8], 0);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(file) - 3);
        }

        try (StateCache cache = StateCache.open(file, 2)) {
            assertThat(cache.contains(SHORT)).isTrue();
            assertThat(cache.contains(LONG)).isFalse();
            cache.add(LONG, new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 0);
            float[] into = new float[8];
            cache.read(LONG, into, 0);
            assertThat(into).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    @Test
    void statesOfAnotherWidthAreRefused() throws Exception {
        Path file = directory.resolve("states.bin");
        StateCache.open(file, 2).close();

        assertThatThrownBy(() -> StateCache.open(file, 3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not hold states of 3 values");
    }
}
