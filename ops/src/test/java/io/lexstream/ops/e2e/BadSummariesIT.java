package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.SummaryMethod;
import io.lexstream.schemas.SummaryResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that nobody should have summed up, through the processors: one result or one dead letter each. */
class BadSummariesIT {
    /** The longest that one summary may be: of six sentences none is longer than 400 characters. */
    private static final int MOST_CHARACTERS = 6 * 400;

    @Test
    void eachEndsAsOneResultOrOneDeadLetter(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
                Stack stack = Stack.start(
                        directory,
                        kafka.bootstrapServers(),
                        1,
                        Map.of("tasks", "summary", "max.text.bytes", String.valueOf(BadTexts.MOST_BYTES)))) {
            BadTexts.send(stack, Map.of());

            try (Committed<byte[]> letters = Committed.bytesOf(
                            stack.clientConfig(), stack.topics().deadLetters());
                    Committed<SummaryResult> summaries = stack.results("summary", SummaryResult.class)) {
                summaries.await(BadTexts.READ.size());
                letters.await(BadTexts.DEAD.size() + 1);
                Map<String, SummaryResult> byEvent = new HashMap<>();
                for (ConsumerRecord<byte[], SummaryResult> record : summaries.settle(Duration.ofSeconds(2))) {
                    assertThat(byEvent.put(record.value().getEventId(), record.value()))
                            .as(record.value().getEventId())
                            .isNull();
                }

                assertThat(byEvent).containsOnlyKeys(BadTexts.READ.keySet());
                assertThat(letters.settle(Duration.ofSeconds(2)))
                        .hasSize(BadTexts.DEAD.size() + 1)
                        .extracting(letter -> new String(
                                letter.headers().lastHeader("lexstream.reason").value(), StandardCharsets.UTF_8))
                        .containsOnly("empty-text", "too-large")
                        .containsOnlyOnce("too-large");
                byEvent.forEach(BadSummariesIT::check);
                assertThat(byEvent.get("one-face").getMethod()).isEqualTo(SummaryMethod.UNCHANGED);
                assertThat(byEvent.get("mixed-scripts").getMethod()).isEqualTo(SummaryMethod.EXTRACTIVE);
                assertThat(byEvent.get("no-space").getTruncated()).isTrue();
                assertThat(stack.processing().failure()).isNotDone();
            }
        }
    }

    private static void check(String name, SummaryResult result) {
        String text = BadTexts.READ.getOrDefault(name, "");
        assertThat(result.getSummary()).as(name).isNotBlank().hasSizeLessThanOrEqualTo(MOST_CHARACTERS);
        if (result.getMethod() == SummaryMethod.UNCHANGED) {
            assertThat(result.getSummary()).as(name).isEqualTo(text.strip());
        } else {
            assertThat(result.getMethod()).as(name).isEqualTo(SummaryMethod.EXTRACTIVE);
            assertThat(result.getSummary().length()).as(name).isLessThan(text.length());
        }
    }
}
