package io.lexstream.processors.feedback;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far event time is, told from what the partitions of feedback.analysis say of themselves: the least of them is the
 * floor, behind which nothing comes any more that is not late; the largest is the front.
 */
final class Channels {
    private static final int FLOOR_KEY = -1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final int expected;
    private final Map<Integer, Time> times = new HashMap<>();
    private long floor = -1;
    private long front = -1;

    private record Time(long latest, boolean idle) {}

    /** @param expected partitions of feedback.analysis: before all are heard of there is no floor */
    Channels(KeyValueStore<Bytes, byte[]> store, int expected) {
        this.store = store;
        this.expected = expected;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                int channel = ByteBuffer.wrap(entry.key.get()).getInt();
                ByteBuffer value = ByteBuffer.wrap(entry.value);
                if (channel == FLOOR_KEY) {
                    floor = value.getLong();
                } else {
                    times.put(channel, new Time(value.getLong(), value.get() != 0));
                }
            }
        }
        times.values().forEach(time -> front = Math.max(front, time.latest()));
    }

    void advance(Stamp stamp) {
        Time time = new Time(stamp.after(), stamp.idle());
        if (!time.equals(times.put(stamp.channel(), time))) {
            store.put(
                    key(stamp.channel()),
                    ByteBuffer.allocate(Long.BYTES + 1)
                            .putLong(time.latest())
                            .put((byte) (time.idle() ? 1 : 0))
                            .array());
        }
        front = Math.max(front, stamp.after());
        long least = times.values().stream()
                .filter(each -> !each.idle())
                .mapToLong(Time::latest)
                .min()
                .orElse(-1);
        if (times.size() >= expected && least > floor) {
            floor = least;
            store.put(
                    key(FLOOR_KEY),
                    ByteBuffer.allocate(Long.BYTES).putLong(floor).array());
        }
    }

    /** -1 = no window may be closed. It never goes back. */
    long floor() {
        return floor;
    }

    long front() {
        return front;
    }

    private static Bytes key(int channel) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(channel).array());
    }
}
