package io.lexstream.summary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Chooses sentences for a summary: the most worthy first, and what resembles a chosen one counts less (maximal marginal
 * relevance, Carbonell and Goldstein 1998), until the budget is used up. A sentence of which half fits is taken whole:
 * so summaries are as long as they should be on average, not always shorter.
 */
public final class Selection {
    /** Cosine from which on two sentences say the same; the second is never chosen. */
    private static final double SAME = 0.97;

    private final Passage passage;
    private final List<float[]> embeddings;
    private final double[] worth;
    private final SummarySettings settings;
    private final LengthBudget budget;

    private Selection(Passage passage, List<float[]> embeddings, double[] worth, SummarySettings settings) {
        this.passage = passage;
        this.embeddings = Vectors.normal(embeddings);
        this.worth = worth;
        this.settings = settings;
        this.budget = settings.budget(passage.form());
    }

    /** Whether the passage is its own summary: as short as a summary may be anyway, or one sentence and little else. */
    public static boolean isShort(Passage passage, SummarySettings settings) {
        LengthBudget budget = settings.budget(passage.form());
        int enough = passage.sentences().size() < 2 ? budget.mostCharacters() : budget.leastCharacters();
        return passage.characters() <= enough;
    }

    /**
     * Numbers of the sentences that make the summary, in ascending order; at least one, even if it is longer than the
     * budget.
     *
     * @param embeddings one for each sentence of the passage, which has at least one
     * @param worth probability, 0 to 1, that a sentence belongs into a summary
     */
    public static List<Integer> of(
            Passage passage, List<float[]> embeddings, double[] worth, SummarySettings settings) {
        return new Selection(passage, embeddings, worth, settings).choose();
    }

    private List<Integer> choose() {
        int room = budget.characters(passage.characters());
        double[] likeness = new double[worth.length]; // to the most similar of the chosen
        List<Integer> chosen = new ArrayList<>();
        boolean[] out = new boolean[worth.length];
        while (room > 0 && chosen.size() < budget.mostSentences()) {
            int best = best(likeness, out, room, chosen.isEmpty());
            if (best < 0) {
                break;
            }
            chosen.add(best);
            out[best] = true;
            room -= passage.sentences().get(best).characters();
            for (int i = 0; i < likeness.length; i++) {
                likeness[i] = Math.max(likeness[i], Vectors.dot(embeddings.get(i), embeddings.get(best)));
                out[i] |= likeness[i] >= SAME;
            }
        }
        Collections.sort(chosen);
        return chosen;
    }

    /** The sentence to be chosen next; -1 = none. Of equals the earlier one. */
    private int best(double[] likeness, boolean[] out, int room, boolean first) {
        int best = -1;
        double bestValue = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < worth.length; i++) {
            boolean fits = passage.sentences().get(i).characters() <= 2 * room && worth[i] >= budget.leastWorth();
            double value = (1 - settings.novelty()) * worth[i] - settings.novelty() * likeness[i];
            if (!out[i] && (fits || first) && value > bestValue) {
                best = i;
                bestValue = value;
            }
        }
        return best;
    }
}
