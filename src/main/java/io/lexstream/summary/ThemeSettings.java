package io.lexstream.summary;

/**
 * How many texts are put into one.
 *
 * @param mostThemes most themes, the largest ones
 * @param leastTexts what fewer texts speak of is no theme
 * @param quotes most quotes of a theme
 * @param quoteCharacters longest quote; if all are longer, the shortest is taken
 * @param novelty weight of not quoting the same twice, against 1 - novelty for how well a remark stands for its theme
 */
public record ThemeSettings(int mostThemes, int leastTexts, int quotes, int quoteCharacters, double novelty) {
    public static final ThemeSettings DEFAULT = new ThemeSettings(8, 2, 3, 200, 0.4);

    public ThemeSettings {
        requirePositive("mostThemes", mostThemes);
        requirePositive("leastTexts", leastTexts);
        requirePositive("quotes", quotes);
        requirePositive("quoteCharacters", quoteCharacters);
        if (!(novelty >= 0 && novelty <= 1)) {
            throw new IllegalArgumentException("novelty must be in [0, 1], got " + novelty);
        }
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be >= 1, got " + value);
        }
    }
}
