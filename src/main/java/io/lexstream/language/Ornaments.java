package io.lexstream.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spaces, emoji and dashes around a sentence: no language, and so nothing to translate. */
final class Ornaments {
    private static final String BASE =
            "[\\x{1F000}-\\x{1FAFF}\\u2190-\\u21FF\\u2300-\\u23FF\\u25A0-\\u27BF\\u2B00-\\u2BFF\\u203C"
                    + "\\u2049\\u3030\\u303D\\u3297\\u3299\\u24C2]";
    private static final String DRESSED = BASE + "[\\uFE0E\\uFE0F\\x{1F3FB}-\\x{1F3FF}]*+[\\x{E0020}-\\x{E007F}]*+";

    /** One emoji as people see it: flags, keycaps, skin tones and joined ones are whole. */
    static final Pattern EMOJI = Pattern.compile(
            "[\\x{1F1E6}-\\x{1F1FF}]{2}|[0-9#*]\\uFE0F?\\u20E3|" + DRESSED + "(?:\\u200D" + DRESSED + ")*+");

    private static final Pattern LEADING =
            Pattern.compile("(?:[\\s\\p{Z}\\u200B\\uFEFF]|[-–—*•●▪◦‣·]++[\\s\\p{Z}]|" + EMOJI.pattern() + ")*+");

    private Ornaments() {}

    /** The stretch without the ornaments at both ends; empty if there is nothing else. */
    static Span strip(String text, Span span) {
        Matcher leading = LEADING.matcher(text).region(span.start(), span.end());
        int start = leading.lookingAt() ? leading.end() : span.start();
        int end = endWithoutEmoji(text, start, span.end());
        return new Span(start, end);
    }

    static boolean isEmoji(int codePoint) {
        return (codePoint >= 0x1F000 && codePoint <= 0x1FAFF)
                || (codePoint >= 0x25A0 && codePoint <= 0x27BF)
                || (codePoint >= 0x2B00 && codePoint <= 0x2BFF);
    }

    /** Reads from the left, as an emoji cannot be told from its end; remembers where the last run of them began. */
    private static int endWithoutEmoji(String text, int start, int end) {
        int kept = trimmedEnd(text, start, end);
        int runStart = kept;
        int runEnd = -1;
        Matcher emoji = EMOJI.matcher(text).region(start, kept);
        while (emoji.find()) {
            boolean goesOn = runEnd >= 0 && trimmedEnd(text, /* start= */ runEnd, /* end= */ emoji.start()) == runEnd;
            if (!goesOn) {
                runStart = emoji.start();
            }
            runEnd = emoji.end();
        }
        return runEnd == kept ? trimmedEnd(text, start, runStart) : kept;
    }

    private static int trimmedEnd(String text, int start, int end) {
        int i = end;
        while (i > start && isSpace(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == '\u200B'
                || character == '\uFEFF';
    }
}
