package io.lexstream.processors.feedback;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is to be done at which event time, in order of time, then of {@link Deed}. To enter the same twice is to enter
 * it once.
 */
final class Agenda {
    /** What is done; by the floor of time, but for updates, which follow its front. */
    enum Deed {
        CLOSE_WINDOW(0),
        DROP_SAMPLE(1),
        DROP_WINDOW(2),
        FORGET_ID(3),
        UPDATE_WINDOW(4);

        private final int code;

        Deed(int code) {
            this.code = code;
        }

        static Deed of(int code) {
            for (Deed deed : values()) {
                if (deed.code == code) {
                    return deed;
                }
            }
            throw new IllegalStateException("no deed has the code " + code);
        }
    }

    record Entry(long time, Deed deed, Bytes key) {}

    private static final byte[] NOTHING = {};
    private static final int HEAD = 1 + Long.BYTES + 1;

    private final KeyValueStore<Bytes, byte[]> store;

    /** No entry of the floor's, or the front's, is due before. */
    private final long[] nothingBefore = {0, 0};

    Agenda(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void enter(long time, Deed deed, Bytes key) {
        store.put(key(new Entry(time, deed, key)), NOTHING);
        int queue = queue(deed);
        nothingBefore[queue] = Math.min(nothingBefore[queue], time);
    }

    /** Takes the first entries that are due, at most {@code most}. */
    List<Entry> take(long floor, long front, int most) {
        List<Entry> due = new ArrayList<>();
        take(0, floor, most, due);
        take(1, front, most, due);
        due.forEach(entry -> store.delete(key(entry)));
        return due;
    }

    private void take(int queue, long clock, int most, List<Entry> due) {
        if (clock < nothingBefore[queue]) {
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(bound(queue, 0), bound(queue, Long.MAX_VALUE))) {
            while (entries.hasNext()) {
                Entry entry = entry(entries.next().key);
                nothingBefore[queue] = entry.time();
                if (entry.time() > clock || due.size() >= most) {
                    return;
                }
                due.add(entry);
            }
        }
        nothingBefore[queue] = Long.MAX_VALUE;
    }

    private static int queue(Deed deed) {
        return deed == Deed.UPDATE_WINDOW ? 1 : 0;
    }

    private static Bytes bound(int queue, long time) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) queue)
                .putLong(time)
                .array());
    }

    private static Bytes key(Entry entry) {
        byte[] key = entry.key().get();
        return Bytes.wrap(ByteBuffer.allocate(HEAD + key.length)
                .put((byte) queue(entry.deed()))
                .putLong(entry.time())
                .put((byte) entry.deed().code)
                .put(key)
                .array());
    }

    private static Entry entry(Bytes key) {
        byte[] bytes = key.get();
        ByteBuffer head = ByteBuffer.wrap(bytes, 1, HEAD - 1);
        long time = head.getLong();
        return new Entry(time, Deed.of(head.get()), Bytes.wrap(Arrays.copyOfRange(bytes, HEAD, bytes.length)));
    }
}
