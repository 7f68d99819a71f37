package io.lexstream.summary;

/**
 * How long a summary should be. Half a sentence more is no harm; sentences are not cut.
 *
 * @param share characters of the summary per character of the text
 * @param leastCharacters where the share of a short text would be less, this much is wanted; a text that is no longer
 *     is its own summary
 * @param mostCharacters where the share of a long text would be more, only this much is wanted
 * @param mostSentences most sentences, however short they are
 * @param leastWorth a sentence that is less likely than this to belong into a summary is left out even if there is room
 */
public record LengthBudget(
        double share, int leastCharacters, int mostCharacters, int mostSentences, double leastWorth) {
    public LengthBudget {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in (0, 1], got " + share);
        }
        if (leastCharacters < 1 || mostCharacters < leastCharacters) {
            throw new IllegalArgumentException("leastCharacters must be >= 1 and mostCharacters no less, got "
                    + leastCharacters + " and " + mostCharacters);
        }
        if (mostSentences < 1) {
            throw new IllegalArgumentException("mostSentences must be >= 1, got " + mostSentences);
        }
        if (!(leastWorth >= 0 && leastWorth < 1)) {
            throw new IllegalArgumentException("leastWorth must be in [0, 1), got " + leastWorth);
        }
    }

    /** Characters that the summary of a passage of so many should have. */
    public int characters(int ofPassage) {
        return (int) Math.max(leastCharacters, Math.min(mostCharacters, Math.round(share * ofPassage)));
    }
}
