package io.lexstream.feedback;

/** A figure and the interval that holds its true value with 95 % probability. */
public record Estimate(double value, double low, double high) {
    private static final double Z = 1.959963984540054;

    /** Jeffreys' prior of a multinomial. */
    private static final double PRIOR = 0.5;

    /** A share {@code part / of} with Wilson's score interval (1927); without texts 0, and anything between 0 and 1. */
    static Estimate share(long part, long of) {
        if (of == 0) {
            return new Estimate(0, 0, 1);
        }
        double share = (double) part / of;
        double middle = share + Z * Z / (2 * of);
        double width = Z * Math.sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of));
        double scale = 1 + Z * Z / of;
        return new Estimate(share, Math.max(0, (middle - width) / scale), Math.min(1, (middle + width) / scale));
    }

    /**
     * The mean of scores -1, 0 and 1. Its interval is that of the mean under a Dirichlet posterior with Jeffreys' prior
     * (Gelman et al., Bayesian Data Analysis, 3.4), taken as normal: it stays open when few texts all agree, where the
     * usual one shrinks to nothing.
     */
    static Estimate meanOfSentiment(long negative, long neutral, long positive) {
        long all = negative + neutral + positive;
        if (all == 0) {
            return new Estimate(0, -1, 1);
        }
        double total = all + 3 * PRIOR;
        double mean = (positive - negative) / total;
        double square = (positive + negative + 2 * PRIOR) / total;
        double width = Z * Math.sqrt((square - mean * mean) / (total + 1));
        return new Estimate(
                (double) (positive - negative) / all, Math.max(-1, mean - width), Math.min(1, mean + width));
    }
}
