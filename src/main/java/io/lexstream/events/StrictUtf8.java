package io.lexstream.events;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** UTF-8 without mercy: what is malformed is said to be, not replaced by U+FFFD. */
final class StrictUtf8 {
    private StrictUtf8() {}

    /** The text that {@code bytes} are; empty if they are malformed. */
    static Optional<String> decode(byte[] bytes) {
        try {
            // A new decoder reports malformed input; String's constructor replaces it.
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether every surrogate in {@code text} has its partner. */
    static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Whether {@code text} takes more than {@code limit} bytes. */
    static boolean isLonger(String text, int limit) {
        // A char takes 1 to 3 bytes: most texts need no encoding to tell.
        return text.length() > limit
                || (text.length() * 3L > limit && text.getBytes(StandardCharsets.UTF_8).length > limit);
    }
}
