package io.lexstream.trainer.gate;

/** How often a coin falls on one side by chance; exact. */
public final class Binomial {
    private Binomial() {}

    /** The probability of {@code hits} or more in {@code trials} of probability {@code p}. */
    public static double atLeast(int hits, int trials, double p) {
        if (hits <= 0) {
            return 1;
        }
        if (p <= 0) {
            return 0;
        }
        if (p >= 1) {
            return 1;
        }
        double logChoose = 0; // log of trials over 0
        double sum = 0;
        for (int k = 0; k <= trials; k++) {
            if (k >= hits) {
                sum += Math.exp(logChoose + k * Math.log(p) + (trials - k) * Math.log1p(-p));
            }
            logChoose += Math.log(trials - k) - Math.log(k + 1); // log 0 after the last one, which nobody reads
        }
        return Math.min(1, sum);
    }
}
