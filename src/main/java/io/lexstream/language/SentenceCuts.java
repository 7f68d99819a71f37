package io.lexstream.language;

import java.util.List;

/** Cuts a sentence that is longer than a limit where it hurts least. */
final class SentenceCuts {
    private static final int SHORTEST_LIMIT = 16;
    private static final String CLAUSE_ENDS = ",;:，；：、،";
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    /** Marks stacked on one character that are kept together; more are an attack on the eye. */
    private static final int MAX_STACK = 12;

    private final String text;
    private final int maxCharacters;

    SentenceCuts(String text, int maxCharacters) {
        if (maxCharacters < SHORTEST_LIMIT) {
            throw new IllegalArgumentException(
                    "a sentence needs room for at least " + SHORTEST_LIMIT + " characters, got " + maxCharacters);
        }
        this.text = text;
        this.maxCharacters = maxCharacters;
    }

    /** Adds the parts of {@code sentence} to {@code parts}; spaces between them belong to none. */
    void cut(Span sentence, List<Span> parts) {
        int start = sentence.start();
        while (sentence.end() - start > maxCharacters) {
            int end = bestEnd(start, start + maxCharacters);
            parts.add(new Span(start, trimmed(start, end)));
            start = skipSpaces(end, sentence.end());
        }
        if (start < sentence.end()) {
            parts.add(new Span(start, sentence.end()));
        }
    }

    /** The last clause end in the second half, else the last space, else the last place between two characters. */
    private int bestEnd(int start, int limit) {
        int half = start + maxCharacters / 2;
        int space = -1;
        for (int i = limit; i > half; i--) {
            boolean spaceFollows = Character.isWhitespace(text.charAt(i));
            char last = text.charAt(i - 1);
            if (CLAUSE_ENDS.indexOf(last) >= 0 && (spaceFollows || last > 0x2FFF)) {
                return i;
            }
            if (space < 0 && spaceFollows) {
                space = i;
            }
        }
        return space > 0 ? space : lastSpaceOrBorder(start, half, limit);
    }

    private int lastSpaceOrBorder(int start, int half, int limit) {
        for (int i = half; i > start + 1; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        int border = limit;
        for (int steps = 0; steps < MAX_STACK && border > start + 1 && isInsideCharacter(border); steps++) {
            border--;
        }
        return isInsideCharacter(border) ? betweenCodePoints(limit) : border;
    }

    private boolean isInsideCharacter(int index) {
        if (Character.isLowSurrogate(text.charAt(index)) && Character.isHighSurrogate(text.charAt(index - 1))) {
            return true;
        }
        int next = text.codePointAt(index);
        int before = text.codePointBefore(index);
        boolean dresses = switch (Character.getType(next)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> next >= 0x1F3FB && next <= 0x1F3FF;
        };
        return dresses || next == ZERO_WIDTH_JOINER || before == ZERO_WIDTH_JOINER;
    }

    private int betweenCodePoints(int index) {
        boolean inside =
                Character.isLowSurrogate(text.charAt(index)) && Character.isHighSurrogate(text.charAt(index - 1));
        return inside ? index - 1 : index;
    }

    private int trimmed(int start, int end) {
        int i = end;
        while (i > start + 1 && Character.isWhitespace(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private int skipSpaces(int from, int end) {
        int i = from;
        while (i < end && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
