package io.lexstream.trainer.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a vocabulary from texts: counts their words, then merges the most frequent pair of neighbours again and again.
 * The same texts in any order give the same vocabulary.
 */
public final class VocabularyTraining {
    private static final CaseMarks NO_MARKS = new CaseMarks("");

    private final int size;
    private final int rareCharacter;
    private final Map<String, Long> counts = new HashMap<>();

    /**
     * @param size most tokens; texts that have no more pairs to merge give fewer
     * @param rareCharacter a character that comes less often is written as bytes
     */
    public VocabularyTraining(int size, int rareCharacter) {
        if (size < Vocabulary.FIRST_CHARACTER + 2) {
            throw new IllegalArgumentException(
                    "a vocabulary has at least %d tokens, got %d".formatted(Vocabulary.FIRST_CHARACTER + 2, size));
        }
        this.size = size;
        this.rareCharacter = rareCharacter;
    }

    /** Counts a text's words, letters as they stand: which capitals are known is decided when all are seen. */
    public VocabularyTraining add(String text) {
        for (String word : NormalText.words(text, NO_MARKS)) {
            counts.merge(word, 1L, Long::sum);
        }
        return this;
    }

    public Vocabulary train() {
        String known = capitals();
        CaseMarks marks = new CaseMarks(known);
        Map<String, Long> marked = new HashMap<>();
        counts.forEach(
                (word, count) -> NormalText.cut(word, marks).forEach(part -> marked.merge(part, count, Long::sum)));
        List<String> tokens = alphabet(marked);
        List<Vocabulary.Merge> merges = new BytePairs(tokens, marked).merge(size);
        return new Vocabulary(tokens, merges, known);
    }

    /** The capitals of all letters that are frequent, in whichever case. */
    private String capitals() {
        Map<Integer, Long> letters = new TreeMap<>();
        counts.forEach((word, count) -> word.codePoints()
                .map(Character::toUpperCase)
                .filter(CaseMarks::isCapital)
                .forEach(capital -> letters.merge(capital, count, Long::sum)));
        StringBuilder known = new StringBuilder();
        letters.forEach((capital, count) -> {
            if (count >= rareCharacter) {
                known.appendCodePoint(capital);
            }
        });
        return known.toString();
    }

    /** Special tokens, bytes, marks, then characters by their frequency. */
    private List<String> alphabet(Map<String, Long> words) {
        Map<Integer, Long> characters = new TreeMap<>();
        words.forEach(
                (word, count) -> word.codePoints().forEach(character -> characters.merge(character, count, Long::sum)));
        List.of(NormalText.BLANK, "" + CaseMarks.CAPITAL, "" + CaseMarks.CAPITALS)
                .forEach(always -> characters.put(always.codePointAt(0), Long.MAX_VALUE));
        List<String> tokens = new ArrayList<>(Vocabulary.SPECIAL);
        for (int value = 0; value < 256; value++) {
            tokens.add(Vocabulary.byteToken(value));
        }
        characters.entrySet().stream()
                .filter(character -> character.getValue() >= rareCharacter)
                .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(Math.max(3, size - Vocabulary.FIRST_CHARACTER))
                .forEach(character -> tokens.add(Character.toString(character.getKey())));
        return tokens;
    }
}
