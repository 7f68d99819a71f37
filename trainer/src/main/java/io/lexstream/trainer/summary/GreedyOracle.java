package io.lexstream.trainer.summary;

import io.lexstream.summary.Passage;
import io.lexstream.trainer.metrics.Rouge;
import io.lexstream.trainer.metrics.Segment;
import java.util.List;
import java.util.TreeSet;

/**
 * Which sentences one would quote who knew the reference: starting from none, the sentence that raises the score most
 * is added, until none raises it (Nallapati, Zhai and Zhou 2017, section 3). The score is the mean of ROUGE-1 and
 * ROUGE-L.
 *
 * <p>Not the best choice there is, but near it; a text has too many to try all.
 */
final class GreedyOracle {
    private static final double LEAST_GAIN = 1e-9;

    private GreedyOracle() {}

    /** Numbers of sentences, ascending; none if no sentence shares a word with the reference. */
    static List<Integer> of(Passage passage, String reference) {
        TreeSet<Integer> chosen = new TreeSet<>();
        double score = 0;
        while (true) {
            int best = -1;
            double bestScore = score + LEAST_GAIN;
            for (int i = 0; i < passage.sentences().size(); i++) {
                if (chosen.contains(i)) {
                    continue;
                }
                TreeSet<Integer> more = new TreeSet<>(chosen);
                more.add(i);
                double with = score(passage.quote(List.copyOf(more)), reference);
                if (with > bestScore) {
                    best = i;
                    bestScore = with;
                }
            }
            if (best < 0) {
                return List.copyOf(chosen);
            }
            chosen.add(best);
            score = bestScore;
        }
    }

    /** What the oracle maximises, and what lengths are chosen by: 0 to 1. */
    static double score(String summary, String reference) {
        Segment segment = new Segment("", summary, reference);
        return (Rouge.ONE.counts(segment)[0] + Rouge.L.counts(segment)[0]) / 2;
    }
}
