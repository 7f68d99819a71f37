package io.lexstream.processors.feedback;

import io.lexstream.feedback.Message;
import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.SchemaNotFoundException;
import io.lexstream.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Sends each text of one partition of feedback.analysis to its product, stamped with the partition's time; and tells
 * all products that time, every few seconds of it, with records that have no key.
 *
 * <p>Whether a text is late is so a matter of its own partition, whose order is the same on every replay.
 */
final class ChannelProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    /** Event time between two announcements. */
    static final Duration ANNOUNCE = Duration.ofSeconds(10);

    private static final Bytes TIME = Bytes.wrap(new byte[] {0});

    private final Deserializer<FeedbackAnalysis> analyses;
    private final String topic;
    private final Duration idle;
    private final FeedbackMetrics metrics;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<Bytes, byte[]> store;
    private boolean heard;
    private boolean announcedIdle;

    /** At first, and after it was said to be idle: products that do not get its next text must wait for it, too. */
    private boolean isBack = true;

    /** Largest event time, and the one that all products know. */
    private record Times(long latest, long announced) {
        static final Times NONE = new Times(-1, -1);
    }

    ChannelProcessor(Deserializer<FeedbackAnalysis> analyses, String topic, Duration idle, FeedbackMetrics metrics) {
        this.analyses = analyses;
        this.topic = topic;
        this.idle = idle;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = context.getStateStore(FeedbackStores.WATERMARK);
        context.schedule(idle, PunctuationType.WALL_CLOCK_TIME, this::lookWhetherIdle);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        heard = true;
        announcedIdle = false;
        Optional<FeedbackAnalysis> analysis = decode(record.value());
        if (analysis.isEmpty()) {
            metrics.undecodable();
            return;
        }
        Message message = Message.of(analysis.get(), Instant.ofEpochMilli(record.timestamp()));
        Times times = times();
        long latest = Math.max(times.latest(), message.time().toEpochMilli());
        Stamp stamp = new Stamp(channel(), times.latest(), latest, false, Optional.of(message));
        context()
                .forward(new Record<>(
                        message.product().getBytes(StandardCharsets.UTF_8), stamp.toBytes(), record.timestamp()));
        boolean announces = isBack || latest - times.announced() >= ANNOUNCE.toMillis();
        isBack = false;
        if (announces) {
            announce(latest, false, record.timestamp());
        }
        put(new Times(latest, announces ? latest : times.announced()));
    }

    /** Of what cannot be read nothing is lost: it stays on its topic, and the pipeline itself wrote it. */
    private Optional<FeedbackAnalysis> decode(byte @Nullable [] value) {
        try {
            return Optional.ofNullable(analyses.deserialize(topic, value));
        } catch (UndecodableException | SchemaNotFoundException e) {
            return Optional.empty();
        }
    }

    private void lookWhetherIdle(long now) {
        if (!heard && !announcedIdle) {
            announce(times().latest(), true, now);
            announcedIdle = true;
            isBack = true;
        }
        heard = false;
    }

    private void announce(long latest, boolean isIdle, long timestamp) {
        Stamp stamp = new Stamp(channel(), latest, latest, isIdle, Optional.empty());
        context().forward(new Record<>(null, stamp.toBytes(), timestamp));
    }

    private int channel() {
        return context().taskId().partition();
    }

    private Times times() {
        byte[] bytes = store().get(TIME);
        if (bytes == null) {
            return Times.NONE;
        }
        ByteBuffer times = ByteBuffer.wrap(bytes);
        return new Times(times.getLong(), times.getLong());
    }

    private void put(Times times) {
        store().put(
                        TIME,
                        ByteBuffer.allocate(2 * Long.BYTES)
                                .putLong(times.latest())
                                .putLong(times.announced())
                                .array());
    }

    private ProcessorContext<byte[], byte[]> context() {
        return Objects.requireNonNull(context, "init was not called");
    }

    private KeyValueStore<Bytes, byte[]> store() {
        return Objects.requireNonNull(store, "init was not called");
    }
}
