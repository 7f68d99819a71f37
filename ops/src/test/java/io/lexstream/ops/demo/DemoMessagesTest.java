package io.lexstream.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoMessagesTest {
    @Test
    void idsAreUniqueOverRoundsAndLeadBackToTheText() throws IOException {
        DemoMessages messages = DemoMessages.load();
        Set<String> ids = new HashSet<>();

        for (long number = 0; number < 2L * messages.size(); number++) {
            var event = messages.event(number, "run", Instant.EPOCH).event();
            ids.add(event.getId());
            assertThat(messages.text(event.getId())).contains(event.getText());
        }

        assertThat(messages.size()).isGreaterThan(200);
        assertThat(ids).hasSize(2 * messages.size());
    }

    @Test
    void anotherProgramsEventHasNoTextHere() throws IOException {
        assertThat(DemoMessages.load().text("order-17.x.1")).isEmpty();
    }
}
