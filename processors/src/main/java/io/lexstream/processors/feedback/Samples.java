package io.lexstream.processors.feedback;

import io.lexstream.feedback.SampledText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The samples of all windows: of each the texts with the lowest priorities, every text an entry of its own. */
final class Samples {
    private final KeyValueStore<Bytes, byte[]> store;
    private final int most;

    Samples(KeyValueStore<Bytes, byte[]> store, int most) {
        this.store = store;
        this.most = most;
    }

    /** The state with {@code text} in the window's sample, if it belongs there. */
    WindowState offer(Bytes window, WindowState state, SampledText text) {
        long priority = SampledText.priority(text.id());
        if (state.sampled() < most) {
            store.put(key(window, priority), bytes(text));
            return state.withSample(state.sampled() + 1, Math.max(state.worst(), priority));
        }
        if (priority >= state.worst()) {
            return state;
        }
        store.put(key(window, priority), bytes(text));
        store.delete(key(window, state.worst()));
        try (KeyValueIterator<Bytes, byte[]> last = store.reverseRange(key(window, 0), key(window, Long.MAX_VALUE))) {
            byte[] worst = last.next().key.get();
            return state.withSample(
                    state.sampled(),
                    ByteBuffer.wrap(worst, worst.length - Long.BYTES, Long.BYTES)
                            .getLong());
        }
    }

    /** In order of priority, which does not depend on the order of arrival. */
    List<SampledText> of(Bytes window) {
        List<SampledText> sample = new ArrayList<>();
        entries(window).forEach(entry -> sample.add(text(entry.value)));
        return sample;
    }

    void drop(Bytes window) {
        entries(window).forEach(entry -> store.delete(entry.key));
    }

    private List<KeyValue<Bytes, byte[]>> entries(Bytes window) {
        List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(key(window, 0), key(window, Long.MAX_VALUE))) {
            all.forEachRemaining(entries::add);
        }
        return entries;
    }

    private static Bytes key(Bytes window, long priority) {
        byte[] bytes = window.get();
        return Bytes.wrap(ByteBuffer.allocate(bytes.length + Long.BYTES)
                .put(bytes)
                .putLong(priority)
                .array());
    }

    private static byte[] bytes(SampledText text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(text.id());
            out.writeUTF(text.words());
            out.writeUTF(text.sentiment());
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return bytes.toByteArray();
    }

    private static SampledText text(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new SampledText(in.readUTF(), in.readUTF(), in.readUTF());
        } catch (IOException e) {
            throw new UncheckedIOException("sampled text of " + bytes.length + " bytes", e);
        }
    }
}
