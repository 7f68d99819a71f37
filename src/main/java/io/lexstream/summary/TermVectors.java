package io.lexstream.summary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts as vectors of their terms, for {@link Themes} where no encoder is at hand: each term, weighed by how few texts
 * have it, is added to or taken from one of {@value #LENGTH} places (feature hashing, Weinberger et al. 2009). Texts
 * are near each other if they share rare terms; synonyms are strangers.
 */
public final class TermVectors {
    private static final int LENGTH = 256;

    /** Characters that a word is cut to: "leaks" and "leaking" are one term. */
    private static final int STEM = 5;

    private TermVectors() {}

    /** One of length 1 for each text; zeros for one without a term. */
    public static List<float[]> of(List<String> texts) {
        List<Set<String>> terms = texts.stream().map(TermVectors::terms).toList();
        Map<String, Integer> textsWith = new HashMap<>();
        terms.forEach(each -> each.forEach(term -> textsWith.merge(term, 1, Integer::sum)));
        List<float[]> vectors = new ArrayList<>();
        for (Set<String> each : terms) {
            float[] vector = new float[LENGTH];
            for (String term : each) {
                double weight = Math.log((1.0 + texts.size()) / textsWith.getOrDefault(term, 1));
                int hash = spread(term.hashCode());
                vector[(hash >>> 1) % LENGTH] += (float) ((hash & 1) == 0 ? weight : -weight);
            }
            vectors.add(Vectors.normal(vector));
        }
        return vectors;
    }

    private static Set<String> terms(String text) {
        List<String> stems = Words.in(text).stream()
                .filter(Words::hasContent)
                .map(word ->
                        word.length() > STEM ? word.substring(0, word.offsetByCodePoints(0, pointsIn(word))) : word)
                .toList();
        return Terms.in(String.join(" ", stems));
    }

    private static int pointsIn(String word) {
        return Math.min(STEM, word.codePointCount(0, word.length()));
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }
}
