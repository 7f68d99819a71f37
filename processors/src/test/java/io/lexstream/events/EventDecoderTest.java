package io.lexstream.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.processors.StubRegistry;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.RegistryUnavailableException;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
    private static final Source SOURCE = new Source("text.events", 3, 42);
    private static final int LIMIT = 1000;

    @Nested
    class PlainText {
        private final EventDecoder decoder = new EventDecoder(new PlainTextFormat(), LIMIT);

        @Test
        void theValueIsTheTextAndTheCoordinatesAreTheId() {
            TextEvent event = event(decoder.decode(SOURCE, utf8("Größe passt 👍🏽")));

            assertThat(event.getText()).isEqualTo("Größe passt 👍🏽");
            assertThat(event.getId()).isEqualTo("text.events-3-42");
        }

        @Test
        void nullHasItsOwnReason() {
            assertThat(reason(decoder.decode(SOURCE, null))).isEqualTo(Reason.NULL_VALUE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "\n\t \r",
                    "\u00a0\u3000\u2003",
                    "\u200b\u200d\ufeff",
                    "\ufeff",
                    "\0\0",
                    "\u202e\u2066"
                })
        void whatShowsNothingIsEmpty(String text) {
            assertThat(reason(decoder.decode(SOURCE, utf8(text)))).isEqualTo(Reason.EMPTY_TEXT);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a\0b",
                    "\ufeffhello",
                    "\ufffd",
                    "e\u0301\u0301\u0301\u0301",
                    "\u202egnirts",
                    "👨‍👩‍👧",
                    "?",
                    "\ue000"
                })
        void oddButVisibleTextsPass(String text) {
            assertThat(event(decoder.decode(SOURCE, utf8(text))).getText()).isEqualTo(text);
        }

        @Test
        void malformedUtf8IsNotMended() {
            assertThat(reason(decoder.decode(SOURCE, new byte[] {'a', (byte) 0xff})))
                    .isEqualTo(Reason.INVALID_UTF8);
            assertThat(reason(decoder.decode(SOURCE, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})))
                    .as("half of a surrogate pair")
                    .isEqualTo(Reason.INVALID_UTF8);
            assertThat(reason(decoder.decode(SOURCE, new byte[] {(byte) 0xc0, (byte) 0x80})))
                    .as("an overlong NUL")
                    .isEqualTo(Reason.INVALID_UTF8);
            assertThat(reason(decoder.decode(SOURCE, Arrays.copyOf(utf8("abc€"), 5))))
                    .as("a character cut short")
                    .isEqualTo(Reason.INVALID_UTF8);
        }

        @Test
        void theLimitCountsBytesNotCharacters() {
            assertThat(decoder.decode(SOURCE, utf8("x".repeat(LIMIT)))).isInstanceOf(Decoded.Event.class);
            assertThat(reason(decoder.decode(SOURCE, utf8("x".repeat(LIMIT + 1)))))
                    .isEqualTo(Reason.TOO_LARGE);
            assertThat(decoder.decode(SOURCE, utf8("é".repeat(LIMIT / 2)))).isInstanceOf(Decoded.Event.class);
            assertThat(reason(decoder.decode(SOURCE, utf8("é".repeat(LIMIT / 2 + 1)))))
                    .isEqualTo(Reason.TOO_LARGE);
        }
    }

    @Nested
    class Json {
        private final EventDecoder decoder = new EventDecoder(new JsonFormat(), LIMIT);

        @Test
        void allFieldsOfAnEventAreRead() {
            String json = """
                    {"id":"e1","text":"Great","source":"app","language":"en","eventTime":"2026-01-02T03:04:05Z",
                     "attributes":{"order":17,"tags":["a"]},"unknown":{}}""";

            TextEvent event = event(decoder.decode(SOURCE, utf8(json)));

            assertThat(event)
                    .isEqualTo(TextEvent.newBuilder()
                            .setId("e1")
                            .setText("Great")
                            .setSource("app")
                            .setLanguage("en")
                            .setEventTime(Instant.parse("2026-01-02T03:04:05Z"))
                            .setAttributes(Map.of("order", "17", "tags", "[\"a\"]"))
                            .build());
        }

        @Test
        void onlyTheTextIsNeeded() {
            TextEvent event = event(decoder.decode(SOURCE, utf8("\ufeff{\"text\":\"Great\",\"id\":null}")));

            assertThat(event.getId()).isEqualTo("text.events-3-42");
            assertThat(event.getEventTime()).isEqualTo(Instant.EPOCH);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "secret",
                    "\"secret\"",
                    "[]",
                    "{}",
                    "null",
                    "{\"text\":null}",
                    "{\"text\":1}",
                    "{\"text\":\"secret\"",
                    "{\"text\":\"secret\"}{}",
                    "{\"text\":\"secret\",\"eventTime\":\"secret\"}",
                    "{\"text\":\"secret\",\"eventTime\":\"+999999999-01-01T00:00:00Z\"}"
                })
        void otherShapesAreUndecodableAndNothingOfThemIsRepeated(String json) {
            Decoded decoded = decoder.decode(SOURCE, utf8(json));

            assertThat(reason(decoded)).isEqualTo(Reason.UNDECODABLE);
            assertThat(((Decoded.Bad) decoded).message()).doesNotContain("secret");
        }

        @Test
        void deepNestingIsUndecodable() {
            String json = "{\"text\":\"a\",\"b\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

            assertThat(reason(decoder.decode(SOURCE, utf8(json)))).isEqualTo(Reason.UNDECODABLE);
        }

        @Test
        void halfASurrogatePairIsNotUnicode() {
            assertThat(reason(decoder.decode(SOURCE, utf8("{\"text\":\"a\\ud83d\"}"))))
                    .isEqualTo(Reason.INVALID_UTF8);
            assertThat(reason(decoder.decode(SOURCE, utf8("{\"text\":\"\\ude00\\ud83d\"}"))))
                    .isEqualTo(Reason.INVALID_UTF8);
            assertThat(reason(decoder.decode(SOURCE, utf8("{\"id\":\"\\ud83d\",\"text\":\"a\"}"))))
                    .isEqualTo(Reason.INVALID_UTF8);
            assertThat(event(decoder.decode(SOURCE, utf8("{\"text\":\"\\ud83d\\ude00\"}")))
                            .getText())
                    .isEqualTo("😀");
        }

        @Test
        void malformedUtf8IsNotMended() {
            byte[] json = utf8("{\"text\":\"a~\"}");
            json[10] = (byte) 0xff;

            assertThat(reason(decoder.decode(SOURCE, json))).isEqualTo(Reason.INVALID_UTF8);
        }
    }

    @Nested
    class Avro implements AutoCloseable {
        private final StubRegistry registry = new StubRegistry();
        private final EventDecoder decoder = new EventDecoder(
                new AvroFormat(
                        AvroSerde.forValues(TextEvent.class, registry.config()).deserializer()),
                LIMIT);

        Avro() throws IOException {}

        @Override
        @org.junit.jupiter.api.AfterEach
        public void close() {
            registry.close();
        }

        @Test
        void anEventIsItself() {
            TextEvent sent =
                    TextEvent.newBuilder().setId("e1").setText("Größe �").build();

            assertThat(event(decoder.decode(SOURCE, bytes(sent)))).isEqualTo(sent);
        }

        @Test
        void anEmptyIdIsReplacedByTheCoordinates() {
            TextEvent sent = TextEvent.newBuilder().setId("").setText("Hello").build();

            assertThat(event(decoder.decode(SOURCE, bytes(sent))).getId()).isEqualTo("text.events-3-42");
        }

        @Test
        void otherBytesAreUndecodable() {
            byte[] event =
                    bytes(TextEvent.newBuilder().setId("e1").setText("Hello").build());
            byte[] otherMagic = event.clone();
            otherMagic[0] = 1;

            assertThat(reason(decoder.decode(SOURCE, utf8("Hello")))).isEqualTo(Reason.UNDECODABLE);
            assertThat(reason(decoder.decode(SOURCE, new byte[0]))).isEqualTo(Reason.UNDECODABLE);
            assertThat(reason(decoder.decode(SOURCE, otherMagic))).isEqualTo(Reason.UNDECODABLE);
            assertThat(reason(decoder.decode(SOURCE, Arrays.copyOf(event, event.length - 3))))
                    .isEqualTo(Reason.UNDECODABLE);
        }

        @Test
        void anotherRecordTypeIsUndecodable() {
            TextLabel label = TextLabel.newBuilder()
                    .setEventId("e1")
                    .setTask("spam")
                    .setText("text")
                    .build();

            assertThat(reason(decoder.decode(SOURCE, bytes(label)))).isEqualTo(Reason.UNDECODABLE);
        }

        @Test
        void anUnknownSchemaIdHasItsOwnReason() {
            byte[] event =
                    bytes(TextEvent.newBuilder().setId("e1").setText("Hello").build());
            event[4] = 77;

            assertThat(reason(decoder.decode(SOURCE, event))).isEqualTo(Reason.UNKNOWN_SCHEMA);
        }

        @Test
        void malformedUtf8IsNotMended() {
            byte[] event =
                    bytes(TextEvent.newBuilder().setId("e1").setText("He~lo").build());
            event[indexOf(event, (byte) '~')] = (byte) 0xff;

            assertThat(reason(decoder.decode(SOURCE, event))).isEqualTo(Reason.INVALID_UTF8);
        }

        @Test
        void aRegistryThatIsAwayIsNobodysDeadLetter() {
            byte[] event =
                    bytes(TextEvent.newBuilder().setId("e1").setText("Hello").build());
            registry.goAway();

            assertThatThrownBy(() -> decoder.decode(SOURCE, event)).isInstanceOf(RegistryUnavailableException.class);
        }

        @Test
        void randomDamageEndsAsAnEventOrAReason() {
            byte[] event = bytes(TextEvent.newBuilder()
                    .setId("e1")
                    .setText("Hello, world")
                    .setAttributes(Map.of("a", "b"))
                    .build());
            SplittableRandom random = new SplittableRandom(7);

            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = Arrays.copyOf(event, 5 + random.nextInt(event.length - 4));
                for (int n = random.nextInt(4); n > 0 && damaged.length > 5; n--) {
                    damaged[5 + random.nextInt(damaged.length - 5)] = (byte) random.nextInt();
                }
                assertThat(decoder.decode(SOURCE, damaged)).isNotNull();
            }
        }

        private <T extends SpecificRecord> byte[] bytes(T record) {
            return AvroSerde.<T>forValues(registry.config()).serializer().serialize("text.events", record);
        }
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        int i = 0;
        while (bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    private static TextEvent event(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Event.class);
        return ((Decoded.Event) decoded).event();
    }

    private static Reason reason(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Bad.class);
        return ((Decoded.Bad) decoded).reason();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
