package io.lexstream.trainer.seq2seq;

import io.lexstream.language.Sentences;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPlace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Leaves out pairs that teach nothing or the wrong thing, and adds the sentences of pairs that have equally many on
 * both sides: serving translates sentence by sentence.
 */
final class PairCleaning implements Cleaning {
    private static final int MOST_CHARACTERS = 1500;
    private static final double LONGEST_RATIO = 2.5;
    private static final int SHORT = 30;

    private final Set<String> heldBack;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> dropped = new TreeMap<>();

    /** @param heldBack normal forms of sources that are measured on, see {@link TextPlace#normal} */
    PairCleaning(Set<String> heldBack) {
        this.heldBack = heldBack;
    }

    @Override
    public List<TextPair> clean(List<TextPair> pairs) {
        List<TextPair> kept = new ArrayList<>();
        for (TextPair pair : pairs) {
            if (isGood(pair)) {
                kept.add(pair);
                for (TextPair sentence : sentences(pair)) {
                    if (isGood(sentence)) {
                        kept.add(sentence);
                    }
                }
            }
        }
        return kept;
    }

    @Override
    public Map<String, Integer> dropped() {
        return dropped;
    }

    private boolean isGood(TextPair pair) {
        int source = pair.source().length();
        int target = pair.target().length();
        String normal = TextPlace.normal(pair.source());
        if (heldBack.contains(normal)) {
            return drop("measured on");
        }
        if (Math.max(source, target) > MOST_CHARACTERS) {
            return drop("too long");
        }
        if (Math.max(source, target) > SHORT && Math.max(source, target) > LONGEST_RATIO * Math.min(source, target)) {
            return drop("one side much longer");
        }
        if (normal.indexOf(' ') > 0 && normal.equals(TextPlace.normal(pair.target()))) {
            return drop("not translated");
        }
        if (!seen.add(pair.source() + "\t" + pair.target())) {
            return drop("there already");
        }
        return true;
    }

    private boolean drop(String reason) {
        dropped.merge(reason, 1, Integer::sum);
        return false;
    }

    private static List<TextPair> sentences(TextPair pair) {
        List<String> source = Sentences.of(pair.source()).sentences();
        List<String> target = Sentences.of(pair.target()).sentences();
        if (source.size() < 2 || source.size() != target.size()) {
            return List.of();
        }
        List<TextPair> sentences = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            double ratio = source.get(i).length() / (double) target.get(i).length();
            if (ratio > 1.8 || ratio < 1 / 1.8) {
                return List.of(); // most likely cut at different places
            }
            sentences.add(new TextPair(source.get(i), target.get(i)));
        }
        return sentences;
    }
}
