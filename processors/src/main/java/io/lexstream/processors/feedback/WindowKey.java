package io.lexstream.processors.feedback;

import io.lexstream.schemas.StatsScope;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/**
 * One window of one product, or of one product and source.
 *
 * @param source empty for scope PRODUCT
 */
public record WindowKey(String product, StatsScope scope, String source, Duration size, Instant start) {
    private static final int TIMES = 2 * Long.BYTES;

    /** Window of {@code size} that {@code time} is in. */
    static Instant start(Instant time, Duration size) {
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), size.toMillis()) * size.toMillis());
    }

    WindowKey at(Instant time) {
        return new WindowKey(product, scope, source, size, start(time, size));
    }

    WindowKey sized(Duration other, Instant time) {
        return new WindowKey(product, scope, source, other, start(time, other));
    }

    public Instant end() {
        return start.plus(size);
    }

    /**
     * Product, NUL, scope, source, NUL, size, start: windows of one series stand together, in order. No key begins
     * another.
     */
    public Bytes toBytes() {
        byte[] product = utf8(this.product);
        byte[] source = utf8(this.source);
        return Bytes.wrap(ByteBuffer.allocate(product.length + source.length + 3 + TIMES)
                .put(product)
                .put((byte) 0)
                .put((byte) (scope == StatsScope.SOURCE ? 1 : 0))
                .put(source)
                .put((byte) 0)
                .putLong(size.toMillis())
                .putLong(start.toEpochMilli())
                .array());
    }

    public static WindowKey of(Bytes key) {
        byte[] bytes = key.get();
        int product = 0;
        while (bytes[product] != 0) {
            product++;
        }
        int times = bytes.length - TIMES;
        ByteBuffer numbers = ByteBuffer.wrap(bytes, times, TIMES);
        return new WindowKey(
                new String(bytes, 0, product, StandardCharsets.UTF_8),
                bytes[product + 1] == 1 ? StatsScope.SOURCE : StatsScope.PRODUCT,
                new String(bytes, product + 2, times - 1 - (product + 2), StandardCharsets.UTF_8),
                Duration.ofMillis(numbers.getLong()),
                Instant.ofEpochMilli(numbers.getLong()));
    }

    /** The key on feedback.stats, readable: {@code mug/source:shop/PT1H/2026-01-05T10:00:00Z}, names URL-encoded. */
    public String toTopicKey() {
        String of = scope == StatsScope.SOURCE ? "source:" + encoded(source) : "product";
        return encoded(product) + "/" + of + "/" + size + "/" + start;
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
