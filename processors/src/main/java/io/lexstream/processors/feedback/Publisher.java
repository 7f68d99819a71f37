package io.lexstream.processors.feedback;

import static java.time.Instant.ofEpochMilli;

import io.lexstream.feedback.RisingTerms;
import io.lexstream.feedback.SampledText;
import io.lexstream.feedback.WindowThemes;
import io.lexstream.processors.feedback.Agenda.Deed;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.FeedbackStats;
import io.lexstream.schemas.StatsScope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Writes windows to feedback.stats: open ones from time to time, each once when it is closed. */
final class Publisher {
    private static final Duration LEAST_BETWEEN_DETAILS = Duration.ofMinutes(5);
    private static final int DETAILS_IN_A_WINDOW = 12;

    private final WindowSettings settings;
    private final FeedbackMetrics metrics;
    private final String topic;
    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<Bytes, byte[]> windows;
    private final KeyValueStore<Bytes, byte[]> published;
    private final Samples samples;
    private final Agenda agenda;
    private final Alerts alerts;
    private final AvroSerde<FeedbackStats> serde;

    Publisher(
            FeedbackFlow flow,
            ProcessorContext<byte[], byte[]> context,
            KeyValueStore<Bytes, byte[]> windows,
            Samples samples,
            Agenda agenda) {
        this.settings = flow.windows();
        this.metrics = flow.metrics();
        this.topic = flow.topics().feedbackStats();
        this.context = context;
        this.windows = windows;
        this.published = context.getStateStore(FeedbackStores.PUBLISHED);
        this.samples = samples;
        this.agenda = agenda;
        this.alerts = new Alerts(flow, context);
        this.serde = AvroSerde.forValues(FeedbackStats.class, flow.clientConfig());
    }

    /** Also closes windows without a text: an alert may end in one. */
    void close(WindowKey key, long timestamp) {
        Bytes bytes = key.toBytes();
        byte[] known = windows.get(bytes);
        WindowState window = known == null ? WindowState.EMPTY : WindowState.of(known);
        if (window.closed()) {
            return;
        }
        List<SampledText> sample = samples.of(bytes);
        if (known != null) {
            Instant asOf = key.end().plus(settings.grace());
            WindowState closed = window.nowClosed().withDetailedAt(asOf.toEpochMilli());
            publish(bytes, key, detailed(key, StatsRecord.of(key, closed, asOf), sample), timestamp);
            windows.put(bytes, closed.toBytes());
            metrics.closed();
            dropSample(key, bytes);
        }
        if (key.scope() == StatsScope.PRODUCT && alerts.judges(key.size())) {
            boolean alerted = alerts.judge(key, window.figures(), sample, timestamp);
            if (alerted) {
                WindowKey next = key.at(key.end());
                long time = next.end().plus(settings.grace()).toEpochMilli();
                agenda.enter(time, Deed.CLOSE_WINDOW, next.toBytes());
            }
        }
    }

    /** A day's sample is compared with until the windows of the next day are closed; others are used up. */
    private void dropSample(WindowKey key, Bytes bytes) {
        if (key.size().equals(WindowSettings.DAY)) {
            Instant used = key.end().plus(WindowSettings.DAY).plus(settings.grace());
            agenda.enter(used.toEpochMilli(), Deed.DROP_SAMPLE, bytes);
        } else {
            samples.drop(bytes);
        }
    }

    /** @param front largest event time that was seen */
    void update(WindowKey key, WindowState window, long front, long timestamp) {
        Bytes bytes = key.toBytes();
        WindowState updated = window.withUpdateDue(-1);
        FeedbackStats stats = StatsRecord.of(key, updated, ofEpochMilli(front));
        long pause = Math.max(LEAST_BETWEEN_DETAILS.toMillis(), key.size().toMillis() / DETAILS_IN_A_WINDOW);
        if (window.detailedAt() < 0 || front - window.detailedAt() >= pause) {
            updated = updated.withDetailedAt(front);
            detailed(key, stats, samples.of(bytes));
        } else {
            keepDetails(bytes, stats);
        }
        publish(bytes, key, stats, timestamp);
        windows.put(bytes, updated.toBytes());
    }

    /** A closed window with figures that came after all. */
    void correct(WindowKey key, WindowState window, long timestamp) {
        Bytes bytes = key.toBytes();
        FeedbackStats stats = StatsRecord.of(key, window, key.end().plus(settings.grace()));
        keepDetails(bytes, stats);
        publish(bytes, key, stats, timestamp);
    }

    void drop(Bytes window) {
        windows.delete(window);
        published.delete(window);
        samples.drop(window);
    }

    private FeedbackStats detailed(WindowKey key, FeedbackStats stats, List<SampledText> sample) {
        Instant dayBefore = WindowKey.start(key.start(), WindowSettings.DAY).minus(WindowSettings.DAY);
        List<SampledText> before =
                samples.of(key.sized(WindowSettings.DAY, dayBefore).toBytes());
        stats.setDetailed(true);
        stats.setSampled(sample.size());
        stats.setThemes(WindowThemes.of(sample));
        stats.setRisingTerms(RisingTerms.of(sample, before));
        return stats;
    }

    private void keepDetails(Bytes key, FeedbackStats stats) {
        byte[] before = published.get(key);
        if (before != null) {
            FeedbackStats last = serde.deserializer().deserialize(topic, before);
            stats.setSampled(last.getSampled());
            stats.setThemes(last.getThemes());
            stats.setRisingTerms(last.getRisingTerms());
        }
    }

    private void publish(Bytes bytes, WindowKey key, FeedbackStats stats, long timestamp) {
        byte[] value = serde.serializer().serialize(topic, stats);
        published.put(bytes, value);
        context.forward(
                new Record<>(key.toTopicKey().getBytes(StandardCharsets.UTF_8), value, timestamp),
                FeedbackTopology.STATS);
    }
}
