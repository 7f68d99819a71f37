package io.lexstream.ops.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** An endless sequence of events, numbered by key; a few of them cannot be read. */
final class AuditEvents {
    private static final int KEYS = 50;
    private static final double BAD_SHARE = 0.02;
    private static final List<String> BLANK_TEXTS = List.of("", " ", "\t\n", "\u00a0\u2003", "\u200b");

    private final List<String> texts;
    private final RandomGenerator random;
    private final Map<String, Integer> lastNumbers = new HashMap<>();

    AuditEvents(List<String> texts, RandomGenerator random) {
        this.texts = List.copyOf(texts);
        this.random = random;
    }

    AuditEvent next() {
        String key = String.format(Locale.ROOT, "key-%02d", random.nextInt(KEYS));
        boolean good = random.nextDouble() >= BAD_SHARE;
        List<String> choice = good ? texts : BLANK_TEXTS;
        String text = choice.get(random.nextInt(choice.size()));
        return new AuditEvent(key, lastNumbers.merge(key, 1, Integer::sum), text, good);
    }
}
