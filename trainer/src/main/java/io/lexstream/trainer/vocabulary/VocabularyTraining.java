package io.lexstream.trainer.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes a vocabulary from texts: counts their words, then merges the most frequent pair of neighbours again and again.
 * The same texts in any order give the same vocabulary.
 */
public final class VocabularyTraining {
    private static final CaseMarks NO_MARKS = new CaseMarks("");

    /** Special tokens, bytes, and room for placeholders and a few characters. */
    private static final int LEAST = Vocabulary.FIRST_CHARACTER + 60;

    private final int size;
    private final int rareCharacter;
    private final Map<String, Long> counts = new HashMap<>();

    /**
     * @param size most tokens; texts that have no more pairs to merge give fewer
     * @param rareCharacter a character that comes less often is written as bytes
     */
    public VocabularyTraining(int size, int rareCharacter) {
        if (size < LEAST) {
            throw new IllegalArgumentException("a vocabulary has at least %d tokens, got %d".formatted(LEAST, size));
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
        placeholders().forEach(marked::remove);
        List<String> tokens = alphabet(marked);
        BytePairs pairs = new BytePairs(tokens, marked);
        placeholders().forEach(pairs::mergeWhole);
        return new Vocabulary(tokens, pairs.merge(size), known);
    }

    /** Without and with a blank before them: the latter are made of the former. */
    private static List<String> placeholders() {
        return Vocabulary.PLACEHOLDERS.stream()
                .flatMap(placeholder -> Stream.of(placeholder, NormalText.BLANK + placeholder))
                .toList();
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
        String always = NormalText.BLANK + CaseMarks.CAPITAL + CaseMarks.CAPITALS + String.join("", placeholders());
        always.codePoints().forEach(character -> characters.put(character, Long.MAX_VALUE));
        List<String> tokens = new ArrayList<>(Vocabulary.SPECIAL);
        for (int value = 0; value < 256; value++) {
            tokens.add(Vocabulary.byteToken(value));
        }
        characters.entrySet().stream()
                .filter(character -> character.getValue() >= rareCharacter)
                .sorted(Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(size - LEAST + 30L)
                .forEach(character -> tokens.add(Character.toString(character.getKey())));
        return tokens;
    }
}
