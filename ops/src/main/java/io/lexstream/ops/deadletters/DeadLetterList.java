package io.lexstream.ops.deadletters;

import io.lexstream.ops.deadletters.DeadLetterTopic.Letter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The dead letters that are there, one after the other. */
public final class DeadLetterList {
    private DeadLetterList() {}

    /**
     * Hands each letter to {@code action}.
     *
     * @param onlyReason empty = all
     */
    public static void forEach(
            Map<String, Object> clientConfig,
            String topic,
            Optional<String> onlyReason,
            Consumer<ConsumerRecord<byte[], byte[]>> action) {
        try (DeadLetterTopic letters = DeadLetterTopic.open(clientConfig, topic)) {
            while (!letters.exhausted()) {
                for (Letter letter : letters.next()) {
                    if (onlyReason.isEmpty()
                            || onlyReason.get().equals(letter.headers().reason())) {
                        action.accept(letter.record());
                    }
                }
            }
        }
    }
}
