package io.lexstream.trainer.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each run of {@code order} neighbouring items occurs: words for BLEU and ROUGE, characters for chrF. */
final class Ngrams {
    private final Map<List<String>, Integer> counts = new HashMap<>();
    private int total;

    private Ngrams() {}

    static Ngrams of(List<String> items, int order) {
        Ngrams ngrams = new Ngrams();
        for (int start = 0; start + order <= items.size(); start++) {
            ngrams.counts.merge(items.subList(start, start + order), 1, Integer::sum);
            ngrams.total++;
        }
        return ngrams;
    }

    /** Each n-gram as often as in the text of {@code all} that has it most often. */
    static Ngrams most(List<Ngrams> all) {
        Ngrams most = new Ngrams();
        for (Ngrams ngrams : all) {
            ngrams.counts.forEach((ngram, count) -> most.counts.merge(ngram, count, Math::max));
        }
        most.total = most.counts.values().stream().mapToInt(Integer::intValue).sum();
        return most;
    }

    /** All, those that repeat counted each time. */
    int total() {
        return total;
    }

    /** How many of these {@code others} has, too; each counts at most as often as it occurs there. */
    int matches(Ngrams others) {
        int matches = 0;
        for (Map.Entry<List<String>, Integer> ngram : counts.entrySet()) {
            matches += Math.min(ngram.getValue(), others.counts.getOrDefault(ngram.getKey(), 0));
        }
        return matches;
    }
}
