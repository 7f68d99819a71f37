package io.lexstream.runtime;

import java.nio.charset.StandardCharsets;

/** The part of a text that a tokenizer gets: stripped, not longer than can matter, and well-formed. */
public final class ReadableText {
    /** No tokenizer needs more characters for one token: BERT's longest word before it gives up is 100. */
    private static final int MAX_CHARS_PER_TOKEN = 100;

    private ReadableText() {}

    /** The most characters that can make {@code tokens} tokens. */
    public static int maxChars(int tokens) {
        return Math.multiplyExact(tokens, MAX_CHARS_PER_TOKEN);
    }

    /** Native code must never see half a surrogate pair: it becomes a question mark. */
    public static String of(String text, int maxChars) {
        String stripped = text.strip();
        String part = stripped.length() > maxChars ? stripped.substring(0, maxChars) : stripped;
        boolean wellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(part);
        return wellFormed ? part : new String(part.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
