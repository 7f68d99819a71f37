package io.lexstream.trainer.vocabulary;

import java.util.Map;
import java.util.TreeMap;

/**
 * Capital letters as a mark before a small one, so that GREAT, Great and great share their pieces: {@link #CAPITAL}
 * says that the next letter is one, {@link #CAPITALS} that all letters of the next word are. Nothing is lost.
 *
 * <p>Letters that are not among the known capitals stay as they are.
 */
final class CaseMarks {
    static final char CAPITAL = '⇧';
    static final char CAPITALS = '⇪';

    /** So many letters behind the first does {@link #CAPITALS} reach; it keeps look-behinds bounded. */
    static final int REACH = 81;

    private final Map<Integer, Integer> smallByCapital = new TreeMap<>();

    /** @param capitals each with one small letter that has it as its only capital */
    CaseMarks(String capitals) {
        capitals.codePoints().forEach(capital -> {
            if (!isCapital(capital)) {
                throw new IllegalArgumentException("not a capital letter: " + Character.toString(capital));
            }
            smallByCapital.put(capital, Character.toLowerCase(capital));
        });
    }

    /** Whether the letter can be a mark and a small letter without loss. */
    static boolean isCapital(int letter) {
        int small = Character.toLowerCase(letter);
        return Character.getType(letter) == Character.UPPERCASE_LETTER
                && small != letter
                && Character.getType(small) == Character.LOWERCASE_LETTER
                && Character.toUpperCase(small) == letter;
    }

    /** Small letters by the capitals that are known, in the order of the code points. */
    Map<Integer, Integer> smallByCapital() {
        return smallByCapital;
    }

    String mark(String text) {
        int[] letters = text.codePoints().toArray();
        StringBuilder marked = new StringBuilder(text.length() + 16);
        int at = 0;
        while (at < letters.length) {
            if (!smallByCapital.containsKey(letters[at])) {
                marked.appendCodePoint(letters[at++]);
                continue;
            }
            int end = at;
            while (end < letters.length && smallByCapital.containsKey(letters[end])) {
                end++;
            }
            boolean whole = end - at > 1
                    && (at == 0 || !isInWord(letters[at - 1]))
                    && (end == letters.length || !isInWord(letters[end]));
            for (int i = at; i < end; i++) {
                if (!whole || i - at > REACH) {
                    marked.append(CAPITAL);
                } else if (i == at) {
                    marked.append(CAPITALS);
                }
                marked.appendCodePoint(smallByCapital.getOrDefault(letters[i], letters[i]));
            }
            at = end;
        }
        return marked.toString();
    }

    private static boolean isInWord(int character) {
        int type = Character.getType(character);
        return Character.isLetter(character)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
