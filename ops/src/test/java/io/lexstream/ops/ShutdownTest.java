package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    void aRealSignalReachesTheHandlerThatWasPutBack() throws IOException, InterruptedException {
        CountDownLatch outerHeard = new CountDownLatch(1);
        List<Integer> innerHeard = new ArrayList<>();
        Runnable outer = Signals.handle("WINCH", number -> outerHeard.countDown());
        Runnable inner = Signals.handle("WINCH", innerHeard::add);
        inner.run();

        long self = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-WINCH", String.valueOf(self)).start().waitFor();

        assertThat(outerHeard.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(innerHeard).isEmpty();
        outer.run();
    }
}
