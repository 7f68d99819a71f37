package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.SummaryMethod;
import io.lexstream.schemas.SummaryResult;
import io.lexstream.schemas.TextEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that nobody should have summed up, through the processors: one result or one dead letter each. */
class BadSummariesIT {
    /** The longest that one summary may be: of six sentences none is longer than 400 characters. */
    private static final int MOST_CHARACTERS = 6 * 400;

    private static final String MIXED = """
            Die Lampe kam kaputt an und niemand antwortet auf meine Nachrichten seit drei Wochen. \
            Το προϊόν έφτασε σπασμένο και κανείς δεν απαντά στα μηνύματά μου. \
            Товар пришёл сломанным, и никто не отвечает на мои письма. \
            وصل المنتج مكسورا ولا أحد يرد على رسائلي منذ أسبوع. \
            商品壊れて届きました。誰も返事をくれません。返金してください。 \
            उत्पाद टूटा हुआ आया और कोई जवाब नहीं देता। Please refund me. 🙏🏽""";

    private static final Map<String, String> SUMMED_UP = summedUp();

    private static final Map<String, String> DEAD = Map.of(
            "blank", "   \n\t ",
            "zero-width", "\u200b\u200b\u2060\ufeff",
            "marks-of-direction", "\u202e\u2066\u200f",
            "nothing", "");

    @Test
    void eachEndsAsOneResultOrOneDeadLetter(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
                Stack stack = Stack.start(
                        directory,
                        kafka.bootstrapServers(),
                        1,
                        Map.of("tasks", "summary", "max.text.bytes", "400000"))) {
            send(stack);

            try (Committed<byte[]> letters = Committed.bytesOf(
                            stack.clientConfig(), stack.topics().deadLetters());
                    Committed<SummaryResult> summaries = stack.results("summary", SummaryResult.class)) {
                summaries.await(SUMMED_UP.size());
                letters.await(DEAD.size() + 1);
                Map<String, SummaryResult> byEvent = new HashMap<>();
                for (ConsumerRecord<byte[], SummaryResult> record : summaries.settle(Duration.ofSeconds(2))) {
                    assertThat(byEvent.put(record.value().getEventId(), record.value()))
                            .as(record.value().getEventId())
                            .isNull();
                }

                assertThat(byEvent).containsOnlyKeys(SUMMED_UP.keySet());
                assertThat(letters.settle(Duration.ofSeconds(2)))
                        .hasSize(DEAD.size() + 1)
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
        String text = SUMMED_UP.getOrDefault(name, "");
        assertThat(result.getSummary()).as(name).isNotBlank().hasSizeLessThanOrEqualTo(MOST_CHARACTERS);
        if (result.getMethod() == SummaryMethod.UNCHANGED) {
            assertThat(result.getSummary()).as(name).isEqualTo(text.strip());
        } else {
            assertThat(result.getMethod()).as(name).isEqualTo(SummaryMethod.EXTRACTIVE);
            assertThat(result.getSummary().length()).as(name).isLessThan(text.length());
        }
    }

    private static void send(Stack stack) throws Exception {
        Map<String, String> texts = new LinkedHashMap<>(SUMMED_UP);
        texts.putAll(DEAD);
        texts.put("too-long", "A sentence. ".repeat(40_000));
        try (Producer<String, TextEvent> producer = stack.eventProducer()) {
            List<Future<?>> sent = new ArrayList<>();
            texts.forEach((name, text) -> sent.add(
                    producer.send(new ProducerRecord<>(stack.topics().events(), name, Stack.event(name, text)))));
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    private static Map<String, String> summedUp() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("one-word-without-end", "good ".repeat(20_000));
        texts.put("one-sentence-without-end", "It broke again. ".repeat(6_000));
        texts.put("no-space", "x".repeat(100_000));
        texts.put("no-space-in-another-script", "壊".repeat(33_000));
        texts.put("mixed-scripts", MIXED);
        texts.put("one-face", "🙂");
        texts.put("only-faces", "😀🙈👨‍👩‍👧".repeat(3_000));
        texts.put("only-signs", "?!... --- *** ".repeat(2_000));
        texts.put("stacked-marks", ("a" + "\u0301".repeat(40) + " ").repeat(500));
        texts.put("nul", "Broken.\u0000 Nobody answers.\u0000 ".repeat(50));
        texts.put("speakers-only", "A:\nB:\n".repeat(2_000));
        texts.put("a-talk-without-end", "A: Hello?\nB: Hello.\n".repeat(3_000));
        texts.put("markup", "<p onclick='x()'>It <b>broke</b>.</p><script>alert(1)</script> ".repeat(200));
        texts.put("lines-of-one-letter", "a\n".repeat(10_000));
        texts.put("an-honest-text", "The kettle leaks. I have written twice. Nobody answered. ".repeat(8));
        return texts;
    }
}
