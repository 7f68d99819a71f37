package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPlace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Leaves out texts that are measured on or there already, and summaries that are no shorter than their texts. */
final class SummaryCleaning implements Cleaning {
    private final Set<String> heldBack;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> dropped = new TreeMap<>();

    /** @param heldBack normal forms of texts that are measured on, see {@link TextPlace#normal} */
    SummaryCleaning(Set<String> heldBack) {
        this.heldBack = heldBack;
    }

    @Override
    public List<TextPair> clean(List<TextPair> pairs) {
        List<TextPair> kept = new ArrayList<>();
        for (TextPair pair : pairs) {
            String normal = TextPlace.normal(pair.source());
            if (heldBack.contains(normal)) {
                dropped.merge("measured on", 1, Integer::sum);
            } else if (pair.target().length() >= pair.source().length()) {
                dropped.merge("no shorter than the text", 1, Integer::sum);
            } else if (!seen.add(normal)) {
                dropped.merge("there already", 1, Integer::sum);
            } else {
                kept.add(pair);
            }
        }
        return kept;
    }

    @Override
    public Map<String, Integer> dropped() {
        return dropped;
    }
}
