package io.lexstream.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.schemas.ClassificationResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventAssemblyTest {
    private final EventAssembly assembly = new EventAssembly(List.of("sentiment", "spam"));

    @Test
    void anEventIsWholeWithTheLastTasksResult() {
        assertThat(assembly.add("k", result("e1", "sentiment"))).isEmpty();
        assertThat(assembly.add("k", result("e2", "spam"))).isEmpty();

        assertThat(assembly.add("k", result("e1", "spam")))
                .get()
                .satisfies(event -> assertThat(event.answers()).containsOnlyKeys("sentiment", "spam"));
    }

    @Test
    void aRepeatedResultMakesNoWholeEvent() {
        assembly.add("k", result("e1", "sentiment"));

        assertThat(assembly.add("k", result("e1", "sentiment"))).isEmpty();
    }

    private static TaskAnswer result(String eventId, String task) {
        ClassificationResult result = ResultLinesTest.result(task, "a", List.of("a", "b"));
        result.setEventId(eventId);
        return TaskAnswer.of(result);
    }
}
