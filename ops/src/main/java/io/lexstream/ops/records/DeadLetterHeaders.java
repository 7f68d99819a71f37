package io.lexstream.ops.records;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.events.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What a dead letter's headers say; a text that is not there is empty.
 *
 * @param reason why it could not be processed; "other" if Kafka Streams itself wrote it
 * @param cut what was cut off because the original did not fit
 */
public record DeadLetterHeaders(
        String reason,
        String stage,
        String task,
        String model,
        String message,
        String cut,
        String topic,
        int partition,
        long offset) {
    /** The reason of letters that Kafka Streams itself wrote. */
    public static final String OTHER = "other";

    /** Empty if the record is no dead letter. */
    public static Optional<DeadLetterHeaders> of(Headers headers) {
        String topic = text(headers, DeadLetter.TOPIC);
        if (topic.isEmpty()) {
            return Optional.empty();
        }
        String reason = text(headers, DeadLetter.REASON);
        return Optional.of(new DeadLetterHeaders(
                reason.isEmpty() ? OTHER : reason,
                text(headers, DeadLetter.STAGE),
                text(headers, DeadLetter.TASK),
                text(headers, DeadLetter.MODEL),
                text(headers, DeadLetter.MESSAGE),
                text(headers, DeadLetter.CUT),
                topic,
                (int) number(headers, DeadLetter.PARTITION),
                number(headers, DeadLetter.OFFSET)));
    }

    public ObjectNode toJson() {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("reason", reason);
        putUnlessEmpty(object, "stage", stage);
        putUnlessEmpty(object, "task", task);
        putUnlessEmpty(object, "model", model);
        putUnlessEmpty(object, "message", message);
        putUnlessEmpty(object, "cut", cut);
        object.putObject("source")
                .put("topic", topic)
                .put("partition", partition)
                .put("offset", offset);
        return object;
    }

    private static void putUnlessEmpty(ObjectNode object, String name, String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static long number(Headers headers, String name) {
        try {
            return Long.parseLong(text(headers, name));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
