package io.lexstream.processors.feedback;

import io.lexstream.feedback.Figures;
import io.lexstream.feedback.Message;
import io.lexstream.feedback.SampledText;
import io.lexstream.processors.feedback.Agenda.Deed;
import io.lexstream.schemas.StatsScope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts the texts of its products in their windows, and closes windows when time is past their grace.
 *
 * <p>What becomes of a text depends on its own partition alone, and what is counted does not depend on the order; a
 * window is closed when all partitions are past it. So the same input gives the same final figures, however partitions
 * interleave.
 */
final class WindowProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    /** Things done for one record: a jump of time must not outlast a transaction. */
    private static final int DEEDS_AT_ONCE = 100;

    private static final Duration CATCH_UP = Duration.ofMillis(100);

    private final FeedbackFlow flow;
    private final WindowSettings settings;
    private @Nullable State state;

    /** What {@link #init} finds. */
    private record State(
            ProcessorContext<byte[], byte[]> context,
            KeyValueStore<Bytes, byte[]> windows,
            KeyValueStore<Bytes, byte[]> seen,
            Samples samples,
            Channels channels,
            Agenda agenda,
            Publisher publisher) {}

    WindowProcessor(FeedbackFlow flow) {
        this.flow = flow;
        this.settings = flow.windows();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        KeyValueStore<Bytes, byte[]> windows = context.getStateStore(FeedbackStores.WINDOWS);
        Samples samples = new Samples(context.getStateStore(FeedbackStores.SAMPLES), settings.sampleTexts());
        Agenda agenda = new Agenda(context.getStateStore(FeedbackStores.AGENDA));
        state = new State(
                context,
                windows,
                context.getStateStore(FeedbackStores.SEEN),
                samples,
                new Channels(context.getStateStore(FeedbackStores.CHANNELS), flow.channels()),
                agenda,
                new Publisher(flow, context, windows, samples, agenda));
        context.schedule(CATCH_UP, PunctuationType.WALL_CLOCK_TIME, this::doWhatIsDue);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Stamp stamp = Stamp.of(record.value());
        // Count first: the text's own time may close windows that it still belongs to by the time before it.
        stamp.message().ifPresent(message -> count(message, stamp.before(), record.timestamp()));
        state().channels().advance(stamp);
        doWhatIsDue(record.timestamp());
    }

    private void doWhatIsDue(long timestamp) {
        Channels channels = state().channels();
        for (Agenda.Entry entry : state().agenda().take(channels.floor(), channels.front(), DEEDS_AT_ONCE)) {
            switch (entry.deed()) {
                case CLOSE_WINDOW -> state().publisher().close(WindowKey.of(entry.key()), timestamp);
                case DROP_SAMPLE -> state().samples().drop(entry.key());
                case DROP_WINDOW -> state().publisher().drop(entry.key());
                case FORGET_ID -> state().seen().delete(entry.key());
                case UPDATE_WINDOW -> update(entry, timestamp);
            }
        }
    }

    private void update(Agenda.Entry entry, long timestamp) {
        byte[] bytes = state().windows().get(entry.key());
        WindowState window = bytes == null ? WindowState.EMPTY : WindowState.of(bytes);
        if (window.updateDue() == entry.time()) { // else it has been closed meanwhile
            long front = state().channels().front();
            state().publisher().update(WindowKey.of(entry.key()), window, front, timestamp);
        }
    }

    /** @param before largest event time of the text's partition before it */
    private void count(Message message, long before, long timestamp) {
        boolean duplicate = isDuplicate(message, before);
        boolean late = false;
        for (Duration size : settings.sizes()) {
            Instant start = WindowKey.start(message.time(), size);
            boolean lateHere = before >= start.plus(size).plus(settings.grace()).toEpochMilli();
            if (lateHere && duplicate) {
                continue;
            }
            late |= lateHere;
            Instant at = lateHere ? WindowKey.start(Instant.ofEpochMilli(before), size) : start;
            Figures figures = lateHere ? Figures.LATE : duplicate ? Figures.DUPLICATE : Figures.of(message);
            boolean sampled = !lateHere && !duplicate && !message.spam();
            add(
                    new WindowKey(message.product(), StatsScope.PRODUCT, "", size, at),
                    figures,
                    message,
                    sampled,
                    timestamp);
            add(
                    new WindowKey(message.product(), StatsScope.SOURCE, message.source(), size, at),
                    figures,
                    message,
                    sampled,
                    timestamp);
        }
        if (duplicate) {
            flow.metrics().duplicate();
        } else if (late) {
            flow.metrics().late();
        } else {
            flow.metrics().counted();
        }
    }

    private void add(WindowKey key, Figures figures, Message message, boolean sampled, long timestamp) {
        Bytes bytes = key.toBytes();
        byte[] known = state().windows().get(bytes);
        WindowState window = (known == null ? WindowState.EMPTY : WindowState.of(known)).plus(figures);
        if (known == null) {
            long end = key.end().toEpochMilli();
            Agenda agenda = state().agenda();
            agenda.enter(end + settings.grace().toMillis(), Deed.CLOSE_WINDOW, bytes);
            long kept = settings.kept() * key.size().toMillis();
            agenda.enter(end + settings.grace().toMillis() + kept, Deed.DROP_WINDOW, bytes);
        }
        if (window.closed()) {
            // Of a partition that was idle and not waited for: its window is corrected.
            state().windows().put(bytes, window.toBytes());
            state().publisher().correct(key, window, timestamp);
            return;
        }
        if (sampled) {
            window = state().samples().offer(bytes, window, SampledText.of(message));
        }
        if (window.updateDue() < 0) {
            long due =
                    Math.max(0, state().channels().front()) + settings.update().toMillis();
            window = window.withUpdateDue(due);
            state().agenda().enter(due, Deed.UPDATE_WINDOW, bytes);
        }
        state().windows().put(bytes, window.toBytes());
    }

    /** Whether the text's id came before, no longer ago (by its partition's time) than ids are remembered. */
    private boolean isDuplicate(Message message, long before) {
        Bytes key = Bytes.wrap((message.product() + '\0' + message.id()).getBytes(StandardCharsets.UTF_8));
        byte[] first = state().seen().get(key);
        long time = first == null
                ? message.time().toEpochMilli()
                : ByteBuffer.wrap(first).getLong();
        long remembered = time + settings.duplicates().toMillis();
        if (first != null && before <= remembered) {
            return true;
        }
        if (first == null && remembered > before) {
            state().seen()
                    .put(key, ByteBuffer.allocate(Long.BYTES).putLong(time).array());
            state().agenda().enter(remembered + 1, Deed.FORGET_ID, key);
        }
        return false;
    }

    private State state() {
        return Objects.requireNonNull(state, "init was not called");
    }
}
