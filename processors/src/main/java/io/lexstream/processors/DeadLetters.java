package io.lexstream.processors;

import io.lexstream.events.DeadLetter;
import io.lexstream.events.Decoded;
import io.lexstream.events.Reason;
import io.lexstream.events.Source;
import io.lexstream.inference.TaskResult;
import io.lexstream.model.ModelVersion;
import io.lexstream.pipeline.StageState;
import io.lexstream.runtime.InferenceException;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Writes dead letters of events, each of a size that can be produced. */
final class DeadLetters {
    private DeadLetters() {}

    static DeadLetter undecoded(Source source, Decoded.Bad bad) {
        return DeadLetter.of(source, "decode", "", bad);
    }

    static DeadLetter failed(Source source, String task, TaskResult.Failure failure) {
        return new DeadLetter(
                source,
                Reason.INFERENCE_FAILED,
                "inference",
                task,
                nameOf(failure.model()),
                InferenceException.class.getName(),
                String.valueOf(failure.cause().getMessage()));
    }

    /** No stage could say anything of the text, and {@code failed} was the first that it failed. */
    static DeadLetter noStageDone(Source source, StageState.Failed failed) {
        String stage = failed.model().task();
        return new DeadLetter(
                source,
                Reason.INFERENCE_FAILED,
                "inference",
                stage,
                nameOf(failed.model()),
                InferenceException.class.getName(),
                "every stage that ran has failed, first " + stage + ": " + failed.reason());
    }

    static DeadLetter analysisTooLarge(Source source, long bytes, int limit) {
        return tooLarge(source, "", "", "analysis", bytes, limit);
    }

    static DeadLetter resultTooLarge(Source source, String task, TaskResult result, long bytes, int limit) {
        return tooLarge(source, task, nameOf(result.model()), "result", bytes, limit);
    }

    private static DeadLetter tooLarge(Source source, String task, String model, String what, long bytes, int limit) {
        return new DeadLetter(
                source,
                Reason.RESULT_TOO_LARGE,
                "inference",
                task,
                model,
                RecordTooLargeException.class.getName(),
                "the " + what + " with the input's key and headers has " + bytes + " bytes, more than " + limit
                        + " (output.max.bytes)");
    }

    /** The dead letter of {@code original}, of at most {@code maxBytes}. */
    static Record<byte[], byte[]> record(DeadLetter letter, Record<byte[], byte[]> original, int maxBytes) {
        Headers headers = DeadLetter.originalHeaders(original.headers());
        Record<byte[], byte[]> whole = original.withHeaders(letter.headers(headers, List.of()));
        return RecordSize.of(whole) <= maxBytes ? whole : cut(letter, original, maxBytes);
    }

    /** Gives up the value's end first, then the headers, then the key: each can fill a record by itself. */
    private static Record<byte[], byte[]> cut(DeadLetter letter, Record<byte[], byte[]> original, int maxBytes) {
        byte[] value = original.value() == null ? new byte[0] : original.value();
        String cutValue = "value of " + value.length + " bytes";
        Headers headers = DeadLetter.originalHeaders(original.headers());
        Record<byte[], byte[]> empty = original.withValue(new byte[0]);
        Record<byte[], byte[]> cut = empty.withHeaders(letter.headers(headers, List.of(cutValue)));
        if (RecordSize.of(cut) > maxBytes) {
            cut = empty.withHeaders(letter.headers(new RecordHeaders(), List.of(cutValue, "headers")));
        }
        if (RecordSize.of(cut) > maxBytes) {
            cut = empty.withKey(new byte[0])
                    .withHeaders(letter.headers(new RecordHeaders(), List.of(cutValue, "headers", "key")));
        }
        int room = (int) (maxBytes - RecordSize.of(cut));
        return cut.withValue(Arrays.copyOf(value, Math.min(value.length, room)));
    }

    private static String nameOf(ModelVersion model) {
        return model + " " + model.digest();
    }
}
