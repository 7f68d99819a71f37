package io.lexstream.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.audit.AuditOptions.Fault;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the audit: real processes, real signals, a real broker and model. */
class AuditIT {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory = Path.of("");

    @Test
    void everyRecordEndsExactlyOnceThoughInstancesDieAndModelsAreSwapped() throws Exception {
        AuditReport report = audit(new AuditOptions(1_200, 3, 1, 7, directory, Fault.NONE));

        assertThat(report.passed()).as(report.table()).isTrue();
        assertThat(report.records()).isGreaterThanOrEqualTo(1_200);
        assertThat(report.kills()).isEqualTo(3);
        assertThat(report.terms()).isEqualTo(1);
        assertThat(report.findings().deadLetters()).isPositive();
        assertThat(report.findings().versions())
                .allSatisfy((task, versions) -> assertThat(versions).as(task).hasSizeGreaterThan(1));
    }

    @Test
    void recordsThatWaitInAProcessorsFieldAreFoundToBeLost() throws Exception {
        AuditReport report = audit(new AuditOptions(600, 2, 0, 7, directory, Fault.BUFFERING));

        assertThat(report.passed()).isFalse();
        assertThat(report.lost()).as(report.table()).isPositive();
    }

    private AuditReport audit(AuditOptions options) throws Exception {
        AuditProgress progress = new AuditProgress(System.err::println, CLOCK);
        return Audit.run(options, ChildJvm.likeThisOne(), directory.resolve("cache"), CLOCK, progress);
    }
}
