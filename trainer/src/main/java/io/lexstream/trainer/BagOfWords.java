package io.lexstream.trainer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text as the set of its words and pairs of neighbouring words, in small letters. */
final class BagOfWords {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’][\\p{L}]+)*|[!?$£€%]");
    private static final int MOST_WORDS = 2000;

    private BagOfWords() {}

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (words.size() < MOST_WORDS && matcher.find()) {
            words.add(matcher.group().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    static Set<String> of(String text) {
        List<String> words = words(text);
        Set<String> bag = new LinkedHashSet<>(words);
        for (int i = 1; i < words.size(); i++) {
            bag.add(words.get(i - 1) + " " + words.get(i));
        }
        return bag;
    }
}
