package io.lexstream.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Why a record could not be processed, as the headers of a dead letter say it; its key, value and other headers are the
 * original's.
 *
 * @param stage decode: no task saw the text; inference: one task failed on it; label: the trainer cannot learn from it
 * @param task the task that failed; empty if it was none in particular
 * @param model the model, {@code name version digest}; empty if it was none
 * @param exception the class that Kafka's own dead letters would name
 * @param message for people; holds nothing of the text
 */
public record DeadLetter(
        Source source, Reason reason, String stage, String task, String model, String exception, String message) {
    /** Kafka's names, as in KIP-1034. */
    public static final String EXCEPTION = "__streams.errors.exception";

    public static final String MESSAGE = "__streams.errors.message";
    public static final String TOPIC = "__streams.errors.topic";
    public static final String PARTITION = "__streams.errors.partition";
    public static final String OFFSET = "__streams.errors.offset";

    public static final String REASON = "lexstream.reason";
    public static final String STAGE = "lexstream.stage";
    public static final String TASK = "lexstream.task";
    public static final String MODEL = "lexstream.model";

    /**
     * Present if the original did not fit into one record: what was cut of it, {@code value of N bytes, headers, key}.
     */
    public static final String CUT = "lexstream.cut";

    private static final Set<String> OURS =
            Set.of(EXCEPTION, MESSAGE, TOPIC, PARTITION, OFFSET, REASON, STAGE, TASK, MODEL, CUT);

    /** The headers that the original had, without those that say why it is dead: what a replay sends. */
    public static Headers originalHeaders(Headers headers) {
        Headers original = new RecordHeaders();
        for (Header header : headers) {
            if (!OURS.contains(header.key())) {
                original.add(header);
            }
        }
        return original;
    }

    /** A record that is not what its topic should hold. */
    public static DeadLetter of(Source source, String stage, String task, Decoded.Bad bad) {
        return new DeadLetter(
                source, bad.reason(), stage, task, "", InvalidRecordException.class.getName(), bad.message());
    }

    /**
     * The headers of the dead letter.
     *
     * @param originalHeaders those that are kept of the original
     * @param cut what did not fit of it
     */
    public Headers headers(Headers originalHeaders, List<String> cut) {
        Headers headers = new RecordHeaders(originalHeaders);
        add(headers, EXCEPTION, exception);
        add(headers, MESSAGE, message);
        add(headers, TOPIC, source.topic());
        add(headers, PARTITION, String.valueOf(source.partition()));
        add(headers, OFFSET, String.valueOf(source.offset()));
        add(headers, REASON, reason.header());
        add(headers, STAGE, stage);
        add(headers, TASK, task);
        add(headers, MODEL, model);
        add(headers, CUT, String.join(", ", cut));
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
