package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentTimesTest {
    private static final Instant EARLY = Instant.ofEpochMilli(1_000);
    private static final Instant LATE = Instant.ofEpochMilli(2_000);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void setUp() {
        file = directory.resolve("state").resolve("seen.properties");
    }

    private void assertReplay(DeploymentTimes times, String task) {
        assertThatThrownBy(() -> times.require(task, "deployment of it", EARLY))
                .isInstanceOfSatisfying(
                        ModelRejectedException.class,
                        e -> assertThat(e.rejection()).isEqualTo(Rejection.REPLAYED));
    }

    private void assertAllowed(DeploymentTimes times, String task, Instant time) {
        assertThatCode(() -> times.require(task, "deployment of it", time)).doesNotThrowAnyException();
    }

    @Test
    void whatIsOlderThanWhatWasAcceptedIsAReplay() {
        DeploymentTimes times = DeploymentTimes.inMemory();
        times.accepted("spam", LATE);

        assertReplay(times, "spam");
        assertAllowed(times, "spam", LATE);
        assertAllowed(times, "sentiment", EARLY);
    }

    @Test
    void theFileRemembersAndSaysWhereItIs() {
        DeploymentTimes.in(file, "a/models").accepted("spam", LATE);

        assertReplay(DeploymentTimes.in(file, "a/models"), "spam");
        assertThatThrownBy(() -> DeploymentTimes.in(file, "a/models").require("spam", "it", EARLY))
                .hasMessageContaining("remembered in " + file);
        assertAllowed(DeploymentTimes.in(file, "b/models"), "spam", EARLY);
    }

    @Test
    void twoProcessesWithOneFileKeepTheNewestOfBoth() {
        DeploymentTimes one = DeploymentTimes.in(file, "a/models");
        DeploymentTimes other = DeploymentTimes.in(file, "a/models");

        one.accepted("spam", LATE);
        other.accepted("sentiment", LATE);
        other.accepted("spam", EARLY);

        DeploymentTimes later = DeploymentTimes.in(file, "a/models");
        assertReplay(later, "spam");
        assertReplay(later, "sentiment");
        assertThat(directory.resolve("state")).isDirectoryContaining(it -> it.equals(file));
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "a/models/spam=soon\n");

        assertThatThrownBy(() -> DeploymentTimes.in(file, "a/models"))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete it");
    }
}
