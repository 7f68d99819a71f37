package io.lexstream.feedback;

import io.lexstream.summary.Terms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In how many texts each term occurs. A text counts once for a term, however often it repeats it: so one that shouts a
 * word a thousand times is one voice.
 *
 * @param all the sum of the counts
 */
record TermCounts(Map<String, Integer> texts, long all) {
    static TermCounts of(List<SampledText> sample) {
        Map<String, Integer> texts = new HashMap<>();
        long all = 0;
        for (SampledText text : sample) {
            for (String term : Terms.in(text.words())) {
                texts.merge(term, 1, Integer::sum);
                all++;
            }
        }
        return new TermCounts(texts, all);
    }

    int of(String term) {
        return texts.getOrDefault(term, 0);
    }
}
