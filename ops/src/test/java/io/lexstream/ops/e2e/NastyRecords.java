package io.lexstream.ops.e2e;

import io.lexstream.schemas.ModelRef;
import io.lexstream.schemas.TextEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Records as they should not be, seeded: for each of them it is known whether it can be answered at all. */
final class NastyRecords {
    private static final List<String> ODD_TEXTS = List.of(
            "k",
            "👍",
            "👩‍👩‍👧‍👦🏳️‍🌈 family",
            "nul \u0000 in the middle",
            "\ufeffbyte order mark in front",
            "\u202eright to left override\u202c",
            "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307 stacked",
            "replacement \ufffd\ufffd\ufffd",
            "<script>alert('hello')</script><b>bold</b> &amp; so on",
            "漢字かな交じり文 и кириллица и العربية in one line",
            "no-space-" + "x".repeat(5_000),
            "[CLS] [SEP] [MASK] [PAD] special tokens written out",
            "tab\tand\nnew\r\nlines\u2028and\u2029separators",
            "ｆｕｌｌ ｗｉｄｔｈ",
            "'; DROP TABLE feedback; --",
            "%s %d ${jndi:ldap://example.org/a} {{7*7}}");
    private static final List<String> BLANK_TEXTS = List.of("", " ", "\n\t \r\n", "\u00a0\u2003", "\u200b", "\ufeff");

    private final Random random;
    private final String topic;
    private final Serializer<TextEvent> events;
    private final Serializer<ModelRef> others;

    NastyRecords(long seed, String topic, Serializer<TextEvent> events, Serializer<ModelRef> others) {
        this.random = new Random(seed);
        this.topic = topic;
        this.events = events;
        this.others = others;
    }

    ProducerRecord<byte[], byte[]> next(int number) {
        byte[] key = random.nextInt(10) == 0 ? null : bytes(random.nextInt(20));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, timestamp(), key, value(number));
        int headers = random.nextInt(50) == 0 ? 300 : random.nextInt(3);
        for (int i = 0; i < headers; i++) {
            record.headers().add("h" + i, random.nextBoolean() ? null : bytes(random.nextInt(10)));
        }
        return record;
    }

    private byte[] value(int number) {
        String id = "n" + number;
        return switch (random.nextInt(16)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> bytes(1 + random.nextInt(60));
            case 3 -> wire(1_000_000 + random.nextInt(3), bytes(random.nextInt(40)));
            case 4 -> truncated(event(id, "a text that breaks off"));
            case 5 -> flipped(event(id, "a text with a bit flipped"));
            case 6 -> others.serialize(topic, new ModelRef("not", "an", "event"));
            case 7 -> event(id, pick(BLANK_TEXTS));
            case 8 ->
                random.nextInt(100) == 0 ? event(id, "far too large ".repeat(100_000)) : event(id, pick(BLANK_TEXTS));
            case 9 -> invalidUtf8(event(id, "~~~~ stays for bad bytes"));
            case 10 -> random.nextInt(20) == 0 ? event(id, "long but allowed ".repeat(20_000)) : event(id, "fine");
            case 11 -> "{\"text\":\"json where avro is expected\"}".getBytes(StandardCharsets.UTF_8);
            case 12 -> negativeLength(event(id, "x"));
            case 13 -> event("", "an event without an id");
            default -> event(id, pick(ODD_TEXTS));
        };
    }

    private byte[] event(String id, String text) {
        return events.serialize(topic, Stack.event(id, text));
    }

    private static byte[] truncated(byte[] value) {
        return Arrays.copyOf(value, value.length / 2);
    }

    private byte[] flipped(byte[] value) {
        byte[] copy = value.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private static byte[] invalidUtf8(byte[] value) {
        byte[] copy = value.clone();
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] == '~') {
                copy[i] = (byte) 0xC3;
            }
        }
        return copy;
    }

    /** The length of the first string becomes -1 in zigzag. */
    private static byte[] negativeLength(byte[] value) {
        byte[] copy = value.clone();
        copy[5] = 1;
        return copy;
    }

    private static byte[] wire(int schemaId, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(body)
                .array();
    }

    private Long timestamp() {
        return switch (random.nextInt(20)) {
            case 0 -> 0L;
            case 1 -> System.currentTimeMillis() + 30_000L;
            default -> null;
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
