package io.lexstream.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AuditReportTest {
    private static final Findings CLEAN = findings(0, 0);

    @Test
    void jsonHasTheKeysThatProgramsReadAndWhatServed() {
        AuditReport report = new AuditReport(100, 3, 1, 5, 0, 0, 0, Duration.ofMillis(1_500), CLEAN);

        assertThat(report.passed()).isTrue();
        assertThat(report.json())
                .startsWith("{\"records\":100,\"kills\":3,\"terms\":1,"
                        + "\"lost\":0,\"doubled\":0,\"reordered\":0,\"wrongLabel\":0,")
                .endsWith("\"versions\":{\"spam\":{\"v1\":60,\"v2\":40}},\"seconds\":1.5}");
        assertThat(report.table()).endsWith("exactly once, in 2 s");
    }

    @Test
    void oneLostRecordFailsTheAudit() {
        AuditReport report = new AuditReport(100, 3, 1, 5, 0, 0, 0, Duration.ofSeconds(1), findings(1, 0));

        assertThat(report.passed()).isFalse();
        assertThat(report.table()).contains("NOT exactly once").contains("spam of k-000001: lost");
    }

    @Test
    void anInstanceThatDiesByItselfOrDoesNotStopFailsTheAuditToo() {
        assertThat(new AuditReport(100, 3, 1, 5, 1, 0, 0, Duration.ZERO, CLEAN).passed())
                .isFalse();
        assertThat(new AuditReport(100, 3, 1, 5, 0, 1, 0, Duration.ZERO, CLEAN).passed())
                .isFalse();
        assertThat(new AuditReport(100, 3, 1, 5, 0, 0, 1, Duration.ZERO, CLEAN).passed())
                .isFalse();
        assertThat(new AuditReport(100, 3, 1, 5, 0, 0, 0, Duration.ZERO, findings(0, 1)).passed())
                .isFalse();
    }

    private static Findings findings(long lost, long unexpected) {
        var versions = new TreeMap<>(Map.of("spam", new TreeMap<>(Map.of("v1", 60L, "v2", 40L))));
        List<String> examples = lost > 0 ? List.of("spam of k-000001: lost") : List.of();
        return new Findings(200, 2, lost, 0, 0, 0, unexpected, new TreeMap<>(versions), examples);
    }
}
