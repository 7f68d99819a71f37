package io.lexstream.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where sentences end in a line.
 *
 * <p>The JDK's sentence iterator ends one behind "z.", "Dr." and inside a URL's query, and misses the end of „Toll.“
 * and of "Gut.Aber"; so this one reads the line itself: marks, closing quotes, then what follows.
 */
final class SentenceEnds {
    private static final String MARKS = ".!?…。！？｡؟۔।॥።";
    /** Marks of scripts that put no space between sentences. */
    private static final String FULL_WIDTH = "。！？｡";

    private static final String CLOSING = "\"'”“’‘»«›‹)]}』」）】";
    private static final String OPENING = "\"'“„‚‘”»«›‹([{¿¡『「（【*_";
    private static final int LONGEST_ABBREVIATION = 12;

    private final String text;
    private final Abbreviations abbreviations;
    private final Addresses addresses;

    SentenceEnds(String text, Abbreviations abbreviations) {
        this.text = text;
        this.abbreviations = abbreviations;
        this.addresses = Addresses.in(text);
    }

    /** The stretches between the ends, in order; together they are the line. */
    List<Span> pieces(Span line) {
        boolean lowerCaseWriter = startsInLowerCase(line);
        List<Span> pieces = new ArrayList<>();
        int start = line.start();
        int i = line.start();
        while (i < line.end()) {
            if (!isMark(i)) {
                i++;
                continue;
            }
            int marksEnd = endOfMarks(i, line.end());
            int end = endOfClosing(marksEnd, line.end());
            if (!addresses.reachOver(marksEnd) && isEnd(line, i, marksEnd, end, lowerCaseWriter)) {
                pieces.add(new Span(start, end));
                start = end;
            }
            i = end;
        }
        pieces.add(new Span(start, line.end()));
        return pieces;
    }

    private boolean isEnd(Span line, int marks, int marksEnd, int end, boolean lowerCaseWriter) {
        if (end == line.end()) {
            return true;
        }
        if (FULL_WIDTH.indexOf(text.charAt(marksEnd - 1)) >= 0) {
            return true;
        }
        if (!isSpace(end) && !Ornaments.isEmoji(text.codePointAt(end))) {
            return isMissingSpace(line, marks, marksEnd, end);
        }
        int next = nextWord(end, line.end());
        if (next == line.end()) {
            return true;
        }
        boolean goesOnInLowerCase = Character.isLowerCase(text.codePointAt(next));
        boolean oneDot = marksEnd - marks == 1 && text.charAt(marks) == '.';
        if (oneDot) {
            return (!goesOnInLowerCase || lowerCaseWriter) && !isAbbreviationOrOrdinal(line, marks, next);
        }
        boolean trailsOff = text.charAt(marks) == '.' || text.charAt(marks) == '…';
        boolean quoted = end > marksEnd;
        return !goesOnInLowerCase || !(trailsOff || quoted);
    }

    private boolean isAbbreviationOrOrdinal(Span line, int dot, int next) {
        int start = dot;
        int earliest = Math.max(line.start(), dot - LONGEST_ABBREVIATION);
        while (start > earliest && !isSpace(start - 1) && OPENING.indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        if (start == dot) {
            return false;
        }
        boolean whole = start == line.start() || start > dot - LONGEST_ABBREVIATION;
        if (whole && abbreviations.goesOn(text.substring(start, dot), Character.isDigit(text.charAt(next)))) {
            return true;
        }
        boolean number = text.substring(start, dot).chars().allMatch(c -> c >= '0' && c <= '9');
        return number && abbreviations.ordinals() && Ordinals.goesOn(text, line.start(), start, dot, line.end());
    }

    /** "Gut.Aber": two small letters before the mark, a capital and a small one behind it. */
    private boolean isMissingSpace(Span line, int marks, int marksEnd, int end) {
        return end == marksEnd
                && marks - line.start() >= 2
                && line.end() - end >= 2
                && Character.isLowerCase(text.charAt(marks - 1))
                && Character.isLowerCase(text.charAt(marks - 2))
                && Character.isUpperCase(text.charAt(end))
                && Character.isLowerCase(text.charAt(end + 1));
    }

    private boolean startsInLowerCase(Span line) {
        int first = nextWord(line.start(), line.end());
        return first < line.end() && Character.isLowerCase(text.codePointAt(first));
    }

    /** Index of the first character that is no space, opening mark, dash or emoji. */
    private int nextWord(int from, int end) {
        int i = from;
        while (i < end) {
            int character = text.codePointAt(i);
            boolean skipped = isSpace(i)
                    || OPENING.indexOf(character) >= 0
                    || Character.getType(character) == Character.DASH_PUNCTUATION
                    || Ornaments.isEmoji(character);
            if (!skipped) {
                return i;
            }
            i += Character.charCount(character);
        }
        return Math.min(i, end);
    }

    private boolean isMark(int index) {
        return MARKS.indexOf(text.charAt(index)) >= 0;
    }

    private int endOfMarks(int from, int end) {
        int i = from;
        while (i < end && isMark(i)) {
            i++;
        }
        return i;
    }

    /** Behind the closing quotes and brackets, French ones with their space included. */
    private int endOfClosing(int from, int end) {
        int i = from;
        while (i < end && CLOSING.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        boolean spaceAndGuillemet = i + 1 < end && isSpace(i) && text.charAt(i + 1) == '»';
        boolean closes = spaceAndGuillemet && (i + 2 == end || isSpace(i + 2));
        return closes ? i + 2 : i;
    }

    private boolean isSpace(int index) {
        char character = text.charAt(index);
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
