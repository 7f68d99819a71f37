package io.lexstream.trainer.service;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.trainer.LabeledText;
import java.util.ArrayList;
import java.util.List;

/**
 * How champion and challenger agree with people's labels of the same texts.
 *
 * @param texts texts with a label that both have read
 * @param onlyChampionRight of them, those where only the champion agrees
 * @param onlyChallengerRight of them, those where only the challenger agrees
 */
public record Agreement(int texts, int onlyChampionRight, int onlyChallengerRight) {
    /** No label has come yet. */
    public static final Agreement NONE = new Agreement(0, 0, 0);

    private static final int BATCH_TEXTS = 32;

    public Agreement {
        if (onlyChampionRight < 0 || onlyChallengerRight < 0 || texts < onlyChampionRight + onlyChallengerRight) {
            throw new IllegalArgumentException("no agreement: of " + texts + " texts " + onlyChampionRight + " and "
                    + onlyChallengerRight + " right alone");
        }
    }

    /** Runs both models over the texts. */
    public static Agreement of(TextModel champion, TextModel challenger, List<LabeledText> labelled) {
        List<String> texts = labelled.stream().map(LabeledText::text).toList();
        List<String> before = labels(champion, texts);
        List<String> after = labels(challenger, texts);
        int onlyChampion = 0;
        int onlyChallenger = 0;
        for (int i = 0; i < labelled.size(); i++) {
            boolean championRight = before.get(i).equals(labelled.get(i).label());
            boolean challengerRight = after.get(i).equals(labelled.get(i).label());
            onlyChampion += championRight && !challengerRight ? 1 : 0;
            onlyChallenger += challengerRight && !championRight ? 1 : 0;
        }
        return new Agreement(labelled.size(), onlyChampion, onlyChallenger);
    }

    private static List<String> labels(TextModel model, List<String> texts) {
        List<String> labels = new ArrayList<>(texts.size());
        for (int start = 0; start < texts.size(); start += BATCH_TEXTS) {
            int end = Math.min(texts.size(), start + BATCH_TEXTS);
            model.run(new TextBatch(texts.subList(start, end)))
                    .forEach(output -> labels.add(((Classification) output).label()));
        }
        return labels;
    }

    /** Whether the challenger is behind. */
    boolean isBehind() {
        return onlyChampionRight > onlyChallengerRight;
    }

    /**
     * Probability of a lead of the champion as large as this or larger, were both equally good: the exact one-sided
     * sign test on the texts where only one is right (McNemar's).
     */
    double behindByChance() {
        int differing = onlyChampionRight + onlyChallengerRight;
        double probability = 0;
        double logChoose = 0; // of `differing` over 0
        for (int k = 0; k <= differing; k++) {
            if (k >= onlyChampionRight) {
                probability += Math.exp(logChoose - differing * Math.log(2));
            }
            logChoose += Math.log(differing - k) - Math.log(k + 1); // log 0 after the last one, which nobody reads
        }
        return Math.min(1, probability);
    }
}
