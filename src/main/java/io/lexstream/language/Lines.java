package io.lexstream.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a text without their list markers: a sentence ends with its line, whatever it ends in. */
final class Lines {
    /** Quotation marks of mails, then a bullet, or a number or letter with a dot or bracket. */
    private static final Pattern MARKER = Pattern.compile(
            "[\\s\\p{Z}>|]*+(?:(?:[-–—*•●▪◦‣·+]|[0-9]{1,3}+[.)]|\\([0-9a-z]\\)|[a-zA-Z]\\))[\\s\\p{Z}]++)?+");

    private Lines() {}

    static List<Span> of(String text) {
        List<Span> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isBreak(text.charAt(i))) {
                lines.add(withoutMarker(text, start, i));
                start = i + 1;
            }
        }
        lines.add(withoutMarker(text, start, text.length()));
        return lines;
    }

    private static Span withoutMarker(String text, int start, int end) {
        Matcher marker = MARKER.matcher(text).region(start, end);
        boolean found = marker.lookingAt() && !Ordinals.isOrdinal(text, start, marker.end(), end);
        return new Span(found ? marker.end() : start, end);
    }

    private static boolean isBreak(char character) {
        return switch (character) {
            case '\n', '\r', '\f', '\u000B', '\u0085', '\u2028', '\u2029' -> true;
            default -> false;
        };
    }
}
