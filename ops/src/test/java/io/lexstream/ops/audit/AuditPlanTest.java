package io.lexstream.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.audit.AuditPlan.Kind;
import io.lexstream.ops.audit.AuditPlan.Strike;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditPlanTest {
    @Test
    void theSameSeedMakesTheSamePlan() {
        assertThat(AuditPlan.of(10, 3, 20_000, new Random(7))).isEqualTo(AuditPlan.of(10, 3, 20_000, new Random(7)));
        assertThat(AuditPlan.of(10, 3, 20_000, new Random(7))).isNotEqualTo(AuditPlan.of(10, 3, 20_000, new Random(8)));
    }

    @Test
    void everyStrikeIsPlannedAndSpreadOverTheRecordsBeforeTheLastTenth() {
        List<Strike> strikes = AuditPlan.of(10, 3, 20_000, new Random(1)).strikes();

        assertThat(Collections.frequency(strikes.stream().map(Strike::kind).toList(), Kind.KILL))
                .isEqualTo(10);
        assertThat(strikes).hasSize(13);
        assertThat(strikes).extracting(Strike::afterRecords).isSorted().allMatch(moment -> moment <= 18_000);
        assertThat(strikes.get(6).afterRecords()).isBetween(8_000L, 10_000L);
    }

    @Test
    void aPlanWithoutStrikesIsEmpty() {
        assertThat(AuditPlan.of(0, 0, 100, new Random(1)).strikes()).isEmpty();
    }
}
