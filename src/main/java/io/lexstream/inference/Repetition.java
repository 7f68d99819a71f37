package io.lexstream.inference;

/** The tail of a model that got stuck: "very good good good good good ...". */
final class Repetition {
    private static final int MOST_TIMES = 4;
    private static final int SHORTEST_UNIT = 2;
    private static final int LONGEST_UNIT = 80;

    private Repetition() {}

    /** The translation without what its end repeats four times or more: that comes once, unless the source does so. */
    static String shorten(String translation, String source) {
        return endOfFirst(source) < source.length() ? translation : translation.substring(0, endOfFirst(translation));
    }

    /** Where what the text's end repeats is there once; the text's end if it repeats nothing. */
    private static int endOfFirst(String text) {
        for (int unit = SHORTEST_UNIT; unit <= Math.min(LONGEST_UNIT, text.length() / MOST_TIMES); unit++) {
            int start = periodicFrom(text, unit);
            boolean words = text.substring(text.length() - unit).chars().anyMatch(Character::isLetter);
            if (words && text.length() - start >= MOST_TIMES * unit) {
                return start + unit;
            }
        }
        return text.length();
    }

    /** Where the tail begins in which every character is the same as the one {@code unit} before it. */
    private static int periodicFrom(String text, int unit) {
        int i = text.length() - unit;
        while (i > 0 && text.charAt(i - 1) == text.charAt(i - 1 + unit)) {
            i--;
        }
        return i;
    }
}
