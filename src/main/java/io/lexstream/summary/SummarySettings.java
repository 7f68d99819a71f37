package io.lexstream.summary;

/**
 * How an extractive model chooses: a part of its package.
 *
 * @param features {@link SentenceFeatures#VERSION} that the ranker was trained on
 * @param novelty weight of not saying again what is said, against 1 - novelty for the worth of a sentence; 0 to 1
 * @param prose length of the summary of a running text
 * @param dialogue length of the summary of a dialogue
 */
public record SummarySettings(int features, double novelty, LengthBudget prose, LengthBudget dialogue) {
    public SummarySettings {
        if (!(novelty >= 0 && novelty <= 1)) {
            throw new IllegalArgumentException("novelty must be in [0, 1], got " + novelty);
        }
    }

    public LengthBudget budget(Form form) {
        return form == Form.DIALOGUE ? dialogue : prose;
    }

    /** The same with another budget for one form. */
    public SummarySettings with(Form form, LengthBudget budget) {
        return form == Form.DIALOGUE
                ? new SummarySettings(features, novelty, prose, budget)
                : new SummarySettings(features, novelty, budget, dialogue);
    }
}
