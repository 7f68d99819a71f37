package io.lexstream.processors;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * How large a record can be at most when it is produced alone: what a producer compares with max.request.size.
 *
 * <p>It is asked before a record is forwarded: a transaction in which a producer has refused a record cannot be
 * committed, so a record found too large by the producer would come back for ever.
 */
final class RecordSize {
    private static final int BATCH_HEADER = 61;
    private static final int RECORD_HEADER = 21;
    private static final int LENGTH = 5; // the longest variable-length int

    private RecordSize() {}

    static long of(Record<byte[], byte[]> record) {
        return BATCH_HEADER + RECORD_HEADER + bytes(record.key()) + bytes(record.value()) + of(record.headers());
    }

    private static long of(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            size += LENGTH + header.key().getBytes(StandardCharsets.UTF_8).length + bytes(header.value());
        }
        return size;
    }

    private static long bytes(byte @Nullable [] content) {
        return LENGTH + (content == null ? 0L : content.length);
    }
}
