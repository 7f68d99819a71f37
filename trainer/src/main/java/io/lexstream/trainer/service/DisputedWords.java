package io.lexstream.trainer.service;

import io.lexstream.trainer.TextPlace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words that a model writes and people take out again: of the corrected texts in whose version by the model they stand,
 * at least two, half or more have a correction without them. What the model writes with them elsewhere is likely as
 * wrong, though nobody has corrected it.
 */
final class DisputedWords {
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LEAST = 2;

    private final Set<String> words = new HashSet<>();

    /**
     * @param written by the model, one a corrected text
     * @param corrections of the same texts
     */
    DisputedWords(List<String> written, List<String> corrections) {
        Map<String, Integer> said = new HashMap<>();
        Map<String, Integer> takenOut = new HashMap<>();
        for (int i = 0; i < written.size(); i++) {
            Set<String> kept = words(corrections.get(i));
            for (String word : words(written.get(i))) {
                said.merge(word, 1, Integer::sum);
                if (!kept.contains(word)) {
                    takenOut.merge(word, 1, Integer::sum);
                }
            }
        }
        takenOut.forEach((word, times) -> {
            if (times >= LEAST && 2 * times >= said.getOrDefault(word, 0)) {
                words.add(word);
            }
        });
    }

    boolean anyIn(String text) {
        return words(text).stream().anyMatch(words::contains);
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>(List.of(SEPARATORS.split(TextPlace.normal(text))));
        words.remove("");
        return words;
    }
}
