package io.lexstream.trainer.metrics;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The summary-level common subsequence (Lin 2004, section 3.2): of each reference sentence the words that stand in its
 * longest common subsequence with any sentence of the hypothesis. As in ROUGE 1.5.5, a word counts at most as often as
 * either side has it.
 */
final class SentenceUnion {
    private SentenceUnion() {}

    static Rouge.Overlap of(List<List<String>> hypothesis, List<List<String>> reference) {
        Map<String, Integer> left = occurrences(hypothesis);
        int matches = 0;
        for (List<String> sentence : reference) {
            BitSet union = new BitSet(sentence.size());
            hypothesis.forEach(written -> union.or(new CommonSubsequence(sentence, written).places()));
            for (int place = union.nextSetBit(0); place >= 0; place = union.nextSetBit(place + 1)) {
                // The reference cannot run out: each of its places is seen once.
                if (left.merge(sentence.get(place), -1, Integer::sum) >= 0) {
                    matches++;
                }
            }
        }
        return new Rouge.Overlap(matches, words(hypothesis), words(reference));
    }

    private static Map<String, Integer> occurrences(List<List<String>> sentences) {
        Map<String, Integer> occurrences = new HashMap<>();
        sentences.forEach(sentence -> sentence.forEach(word -> occurrences.merge(word, 1, Integer::sum)));
        return occurrences;
    }

    private static int words(List<List<String>> sentences) {
        return sentences.stream().mapToInt(List::size).sum();
    }
}
