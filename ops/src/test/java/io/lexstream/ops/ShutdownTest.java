package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private static final int TERM = 15;

    private final List<Integer> halted = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Shutdown shutdown = new Shutdown(halted::add, () -> told.add("stopping"));

    @Test
    void theFirstSignalAsksToStop() throws InterruptedException {
        shutdown.signalled(TERM);

        assertThat(shutdown.await(Duration.ZERO)).isTrue();
        assertThat(told).containsExactly("stopping");
        assertThat(halted).isEmpty();
    }

    @Test
    void theSecondSignalEndsAtOnce() {
        shutdown.signalled(TERM);
        shutdown.signalled(TERM);

        assertThat(halted).containsExactly(128 + TERM);
    }

    @Test
    void nobodyHasAskedAtFirst() throws InterruptedException {
        assertThat(shutdown.await(Duration.ZERO)).isFalse();
    }

    @Test
    void aFailedPartIsTheReason() {
        shutdown.fail(new IllegalStateException("the disk is full"));

        assertThatThrownBy(shutdown::await).isInstanceOf(CommandException.class).hasMessage("the disk is full");
    }

    @Test
    void aRealSignalIsHeardAndGivenBack() throws InterruptedException {
        List<Integer> heard = new ArrayList<>();
        Runnable outer = Signals.handle("USR2", heard::add);
        Runnable inner = Signals.handle("USR2", number -> heard.add(-number));
        inner.run();
        outer.run();

        assertThat(heard).isEmpty();
    }
}
