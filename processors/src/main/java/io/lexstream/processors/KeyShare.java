package io.lexstream.processors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * A share of the keys, the same ones in every instance and after every restart; a larger share holds those of a smaller
 * one.
 *
 * <p>A key is in it if {@code (murmur2(task, 0, key) & 0x7fffffff) / 2^31 < share}, murmur2 as Kafka's partitioner has
 * it. The task is in the hash so that two trials try different keys, and the keys of one partition are not all in or
 * all out. An event without a key is known by its id instead.
 *
 * @param share 0 = no key, 1 = all
 */
record KeyShare(String task, double share) {
    KeyShare {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of keys is within 0..1, not " + share);
        }
    }

    boolean holds(byte @Nullable [] key, String eventId) {
        byte[] salt = task.getBytes(StandardCharsets.UTF_8);
        byte[] named = key == null ? eventId.getBytes(StandardCharsets.UTF_8) : key;
        byte[] hashed = ByteBuffer.allocate(salt.length + 1 + named.length)
                .put(salt)
                .put((byte) 0)
                .put(named)
                .array();
        return Utils.toPositive(Utils.murmur2(hashed)) < share * 0x1p31;
    }
}
