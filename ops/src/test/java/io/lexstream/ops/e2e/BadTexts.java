package io.lexstream.ops.e2e;

import io.lexstream.schemas.TextEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Texts that nobody should have written anew, by name: some can be read all the same, of some nothing is left. */
final class BadTexts {
    private static final String MIXED = """
            Die Lampe kam kaputt an und niemand antwortet auf meine Nachrichten seit drei Wochen. \
            Το προϊόν έφτασε σπασμένο και κανείς δεν απαντά στα μηνύματά μου. \
            Товар пришёл сломанным, и никто не отвечает на мои письма. \
            وصل المنتج مكسورا ولا أحد يرد على رسائلي منذ أسبوع. \
            商品壊れて届きました。誰も返事をくれません。返金してください。 \
            उत्पाद टूटा हुआ आया और कोई जवाब नहीं देता। Please refund me. 🙏🏽""";

    /** Texts that a model gets. */
    static final Map<String, String> READ = read();

    /** Texts that end as dead letters, as one that is too long for the settings does. */
    static final Map<String, String> DEAD = Map.of(
            "blank", "   \n\t ",
            "zero-width", "\u200b\u200b\u2060\ufeff",
            "marks-of-direction", "\u202e\u2066\u200f",
            "nothing", "");

    /** Most bytes of a text: all of {@link #READ} are shorter. */
    static final int MOST_BYTES = 400_000;

    private BadTexts() {}

    /** All of them, and one that is too long. */
    static void send(Stack stack, Map<String, String> more) throws Exception {
        Map<String, String> texts = new LinkedHashMap<>(READ);
        texts.putAll(DEAD);
        texts.putAll(more);
        texts.put("too-long", "A sentence. ".repeat(40_000));
        try (Producer<String, TextEvent> producer = stack.eventProducer()) {
            List<Future<?>> sent = new ArrayList<>();
            texts.forEach((name, text) -> sent.add(
                    producer.send(new ProducerRecord<>(stack.topics().events(), name, Stack.event(name, text)))));
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    private static Map<String, String> read() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("one-word-without-end", "good ".repeat(20_000));
        texts.put("one-sentence-without-end", "It broke again. ".repeat(6_000));
        texts.put("no-space", "x".repeat(100_000));
        texts.put("no-space-in-another-script", "壊".repeat(33_000));
        texts.put("mixed-scripts", MIXED);
        texts.put("one-face", "🙂");
        texts.put("only-faces", "😀🙈👨‍👩‍👧".repeat(3_000));
        texts.put("only-signs", "?!... --- *** ".repeat(2_000));
        texts.put("stacked-marks", ("a" + "\u0301".repeat(40) + " ").repeat(500));
        texts.put("nul", "Broken.\u0000 Nobody answers.\u0000 ".repeat(50));
        texts.put("speakers-only", "A:\nB:\n".repeat(2_000));
        texts.put("a-talk-without-end", "A: Hello?\nB: Hello.\n".repeat(3_000));
        texts.put("markup", "<p onclick='x()'>It <b>broke</b>.</p><script>alert(1)</script> ".repeat(200));
        texts.put("lines-of-one-letter", "a\n".repeat(10_000));
        texts.put("an-honest-text", "The kettle leaks. I have written twice. Nobody answered. ".repeat(8));
        return texts;
    }
}
