package io.lexstream.feedback;

import io.lexstream.schemas.RisingTerm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Terms that more texts use than did before: the log-odds ratio with an informative Dirichlet prior, in standard errors
 * (Monroe, Colaresi and Quinn 2008, "Fightin' Words", eq. 16 to 22). The prior is both samples together, so that what
 * is common in both needs much to stand out.
 */
public final class RisingTerms {
    private static final int FEWEST_TEXTS = 3;
    private static final int MOST_TERMS = 10;

    /** One-sided 97.5 %. */
    private static final double LEAST_SCORE = 1.96;

    /** Terms that the prior weighs as much as. */
    private static final double PRIOR = 100;

    private final TermCounts now;
    private final TermCounts before;

    private RisingTerms(TermCounts now, TermCounts before) {
        this.now = now;
        this.before = before;
    }

    /** The most telling first; none if one of the samples is empty. */
    public static List<RisingTerm> of(List<SampledText> now, List<SampledText> before) {
        RisingTerms terms = new RisingTerms(TermCounts.of(now), TermCounts.of(before));
        return terms.now.all() == 0 || terms.before.all() == 0 ? List.of() : terms.find();
    }

    private List<RisingTerm> find() {
        List<RisingTerm> rising = new ArrayList<>();
        now.texts().forEach((term, texts) -> {
            double score = score(term);
            if (texts >= FEWEST_TEXTS && score >= LEAST_SCORE) {
                rising.add(new RisingTerm(term, texts, before.of(term), score));
            }
        });
        rising.sort(Comparator.comparingDouble(RisingTerm::getScore)
                .reversed()
                .thenComparing(term -> -term.getTerm().length()) // of equals a pair before the words in it
                .thenComparing(RisingTerm::getTerm));
        return withoutParts(rising);
    }

    private double score(String term) {
        double prior = PRIOR * (now.of(term) + before.of(term)) / (now.all() + before.all());
        double usedNow = now.of(term) + prior;
        double usedBefore = before.of(term) + prior;
        double difference = Math.log(usedNow / (now.all() + PRIOR - usedNow))
                - Math.log(usedBefore / (before.all() + PRIOR - usedBefore));
        return difference / Math.sqrt(1 / usedNow + 1 / usedBefore);
    }

    /** A pair says all that its words say, if as many texts use it. */
    private static List<RisingTerm> withoutParts(List<RisingTerm> rising) {
        List<RisingTerm> kept = new ArrayList<>();
        for (RisingTerm term : rising) {
            boolean said = kept.stream()
                    .anyMatch(other -> term.getTexts() <= other.getTexts()
                            && (" " + other.getTerm() + " ").contains(" " + term.getTerm() + " "));
            if (!said && kept.size() < MOST_TERMS) {
                kept.add(term);
            }
        }
        return List.copyOf(kept);
    }
}
