package io.lexstream.summary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a passage, and how much of it they are. Which words carry meaning is told by their length and digits, in
 * whichever language.
 */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]++");
    private static final int SHORTEST_CONTENT = 4;

    private final List<List<String>> all;
    private final List<Set<String>> content = new ArrayList<>();
    private final Map<String, Integer> sentencesWith = new HashMap<>();
    private final int total;

    Words(List<String> sentences) {
        this.all = sentences.stream().map(Words::in).toList();
        for (List<String> sentence : all) {
            Set<String> words = new HashSet<>();
            sentence.stream().filter(Words::hasContent).forEach(words::add);
            content.add(words);
            words.forEach(word -> sentencesWith.merge(word, 1, Integer::sum));
        }
        this.total = Math.max(
                1, sentencesWith.values().stream().mapToInt(Integer::intValue).sum());
    }

    /** Lower case, in order. */
    static List<String> in(String sentence) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(sentence.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }

    int count(int sentence) {
        return all.get(sentence).size();
    }

    double meanCount() {
        return Math.max(1, all.stream().mapToInt(List::size).average().orElse(1));
    }

    /** The sentence's different words that carry meaning. */
    Set<String> content(int sentence) {
        return content.get(sentence);
    }

    /** Its words that carry meaning as a share of all its words. */
    double contentShare(int sentence) {
        long words = all.get(sentence).stream().filter(Words::hasContent).count();
        return words / (double) Math.max(1, count(sentence));
    }

    /** How often its words come up in other sentences, added up. */
    int echoes(int sentence) {
        return content(sentence).stream()
                .mapToInt(word -> sentencesWith(word) - 1)
                .sum();
    }

    /** What share of all that the passage talks of has one of its words. */
    double coverage(int sentence) {
        return content(sentence).stream().mapToInt(this::sentencesWith).sum() / (double) total;
    }

    /** Cosine between the sentence's words and the passage's. */
    double likeness(int sentence) {
        double passage = 0;
        for (int count : sentencesWith.values()) {
            passage += (double) count * count;
        }
        double own = content(sentence).size();
        double common = content(sentence).stream().mapToInt(this::sentencesWith).sum();
        return own == 0 ? 0 : common / Math.sqrt(passage * own);
    }

    private int sentencesWith(String word) {
        return sentencesWith.getOrDefault(word, 0);
    }

    static boolean hasContent(String word) {
        return word.length() >= SHORTEST_CONTENT || Character.isDigit(word.charAt(0));
    }
}
