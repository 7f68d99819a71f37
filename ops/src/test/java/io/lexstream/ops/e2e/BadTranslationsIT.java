package io.lexstream.ops.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.ops.local.EmbeddedKafka;
import io.lexstream.ops.local.EmbeddedKafkaSettings;
import io.lexstream.schemas.TranslationResult;
import io.lexstream.schemas.TranslationStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that nobody should have translated, through the processors: one result or one dead letter each. */
class BadTranslationsIT {
    private static final Map<String, String> FOREIGN = Map.of(
            "german-without-end",
            "Der Kellner war sehr unfreundlich und ".repeat(2_000),
            "french-in-one-word",
            "déçudéçue".repeat(10_000),
            "german-and-no-letters-between",
            "Die Lampe kam kaputt an." + " 🙂".repeat(3_000) + " Nie wieder!",
            "italian",
            "Il cameriere era molto scortese e la pasta era fredda, non torneremo mai più in questo posto.",
            "english",
            "The waiter was rude and the soup was cold.",
            "german",
            "Der Kellner war unfreundlich und die Suppe war kalt.");

    @Test
    void eachEndsAsOneResultOrOneDeadLetter(@TempDir Path directory) throws Exception {
        Map<String, String> settings = Map.of(
                "tasks", "translation",
                "language.expected", "it",
                "generation.deadline.ms", "3000",
                "max.text.bytes", String.valueOf(BadTexts.MOST_BYTES));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
                Stack stack = Stack.start(directory, kafka.bootstrapServers(), 1, settings)) {
            Map<String, String> texts = new LinkedHashMap<>(BadTexts.READ);
            texts.putAll(FOREIGN);
            BadTexts.send(stack, FOREIGN);

            try (Committed<byte[]> letters = Committed.bytesOf(
                            stack.clientConfig(), stack.topics().deadLetters());
                    Committed<TranslationResult> translations = stack.results("translation", TranslationResult.class)) {
                translations.await(texts.size());
                letters.await(BadTexts.DEAD.size() + 1);
                Map<String, TranslationResult> byEvent = new HashMap<>();
                for (ConsumerRecord<byte[], TranslationResult> record : translations.settle(Duration.ofSeconds(2))) {
                    assertThat(byEvent.put(record.value().getEventId(), record.value()))
                            .as(record.value().getEventId())
                            .isNull();
                }

                assertThat(byEvent).containsOnlyKeys(texts.keySet());
                assertThat(letters.settle(Duration.ofSeconds(2))).hasSize(BadTexts.DEAD.size() + 1);
                byEvent.forEach((name, result) -> check(name, texts.getOrDefault(name, ""), result));
                assertThat(byEvent.get("german").getStatus()).isEqualTo(TranslationStatus.TRANSLATED);
                assertThat(byEvent.get("english").getStatus()).isEqualTo(TranslationStatus.UNCHANGED);
                assertThat(byEvent.get("italian").getStatus()).isEqualTo(TranslationStatus.UNSUPPORTED);
                assertThat(byEvent.get("italian").getSourceLanguage()).isEqualTo("it");
                assertThat(stack.processing().failure()).isNotDone();
            }
        }
    }

    private static void check(String name, String text, TranslationResult result) {
        assertThat(result.getTranslation())
                .as(name)
                .hasSizeLessThanOrEqualTo(3 * text.length() + 200); // a loop would be longer
        switch (result.getStatus()) {
            case UNCHANGED -> assertThat(result.getTranslation()).as(name).isEqualTo(text);
            case UNSUPPORTED -> assertThat(result.getTranslation()).as(name).isEmpty();
            case TRANSLATED ->
                assertThat(result.getTranslation().isBlank() && !result.getTruncated() && !result.getDeadlineReached())
                        .as("%s: nothing was written, and nothing says why", name)
                        .isFalse();
            case UNKNOWN -> throw new AssertionError(name + " has no status");
        }
    }
}
