package io.lexstream.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditEventsTest {
    @Test
    void eventsOfAKeyAreNumberedWithoutGaps() {
        Map<String, Integer> last = new HashMap<>();

        for (AuditEvent event : events(2_000)) {
            assertThat(event.number()).isEqualTo(last.getOrDefault(event.key(), 0) + 1);
            last.put(event.key(), event.number());
        }

        assertThat(last).hasSize(50);
    }

    @Test
    void aboutOneInFiftyHasNothingToRead() {
        List<AuditEvent> bad =
                events(5_000).stream().filter(event -> !event.good()).toList();

        assertThat(bad).hasSizeBetween(60, 140);
        assertThat(bad).noneMatch(event -> event.text().codePoints().anyMatch(Character::isLetterOrDigit));
    }

    private static List<AuditEvent> events(int count) {
        AuditEvents events = new AuditEvents(List.of("a text", "another"), new Random(3));
        return Stream.generate(events::next).limit(count).toList();
    }
}
