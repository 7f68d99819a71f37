package io.lexstream.processors;

import io.lexstream.inference.InferenceException;
import io.lexstream.inference.TaskResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Why a record could not be processed, and the record that says so: the original's key, value and headers, and the
 * reason in headers of its own.
 *
 * @param stage decode: no task saw the text; inference: one task failed on it
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

    static DeadLetter undecoded(Source source, Decoded.Bad bad) {
        return new DeadLetter(
                source, bad.reason(), "decode", "", "", InvalidRecordException.class.getName(), bad.message());
    }

    static DeadLetter failed(Source source, String task, TaskResult.Failure failure) {
        return new DeadLetter(
                source,
                Reason.INFERENCE_FAILED,
                "inference",
                task,
                nameOf(failure),
                InferenceException.class.getName(),
                String.valueOf(failure.cause().getMessage()));
    }

    static DeadLetter resultTooLarge(Source source, String task, TaskResult result, long bytes, int limit) {
        return new DeadLetter(
                source,
                Reason.RESULT_TOO_LARGE,
                "inference",
                task,
                nameOf(result),
                RecordTooLargeException.class.getName(),
                "the result with the input's key and headers has " + bytes + " bytes, more than " + limit
                        + " (output.max.bytes)");
    }

    /** The dead letter of {@code original}, of at most {@code maxBytes}. */
    Record<byte[], byte[]> of(Record<byte[], byte[]> original, int maxBytes) {
        Record<byte[], byte[]> whole = explained(original, originalHeaders(original.headers()), List.of());
        long surplus = RecordSize.of(whole) - maxBytes;
        if (surplus <= 0) {
            return whole;
        }
        return cut(original, maxBytes);
    }

    /** Gives up the value's end first, then the headers, then the key: each can fill a record by itself. */
    private Record<byte[], byte[]> cut(Record<byte[], byte[]> original, int maxBytes) {
        byte[] value = original.value() == null ? new byte[0] : original.value();
        String cutValue = "value of " + value.length + " bytes";
        Headers headers = originalHeaders(original.headers());
        Record<byte[], byte[]> empty = original.withValue(new byte[0]);

        Record<byte[], byte[]> letter = explained(empty, headers, List.of(cutValue));
        if (RecordSize.of(letter) > maxBytes) {
            letter = explained(empty, new RecordHeaders(), List.of(cutValue, "headers"));
        }
        if (RecordSize.of(letter) > maxBytes) {
            letter = explained(empty.withKey(new byte[0]), new RecordHeaders(), List.of(cutValue, "headers", "key"));
        }
        int room = (int) (maxBytes - RecordSize.of(letter));
        return letter.withValue(Arrays.copyOf(value, Math.min(value.length, room)));
    }

    private Record<byte[], byte[]> explained(
            Record<byte[], byte[]> original, Headers originalHeaders, List<String> cut) {
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
        return original.withHeaders(headers);
    }

    private static void add(Headers headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String nameOf(TaskResult result) {
        return result.model() + " " + result.model().digest();
    }
}
