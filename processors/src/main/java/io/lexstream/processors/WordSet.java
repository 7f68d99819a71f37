package io.lexstream.processors;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The different words of a text as hashes, to tell texts that say nearly the same. Holds nothing of the text itself.
 */
final class WordSet {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final int MAX_CHARS = 4_000;

    private final int[] hashes;

    private WordSet(int[] hashes) {
        this.hashes = hashes;
    }

    static WordSet of(String text) {
        String beginning = text.substring(0, Math.min(text.length(), MAX_CHARS)).toLowerCase(Locale.ROOT);
        int[] words = Stream.of(NO_WORD.split(beginning))
                .filter(word -> !word.isEmpty())
                .mapToInt(String::hashCode)
                .sorted()
                .distinct()
                .toArray();
        return new WordSet(words.length == 0 ? new int[] {beginning.strip().hashCode()} : words);
    }

    /** Words that both have, to words that one of them has (Jaccard): 0 = none in common, 1 = the same words. */
    double similarity(WordSet other) {
        int common = 0;
        for (int hash : hashes) {
            if (Arrays.binarySearch(other.hashes, hash) >= 0) {
                common++;
            }
        }
        return (double) common / (hashes.length + other.hashes.length - common);
    }
}
