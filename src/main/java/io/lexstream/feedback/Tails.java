package io.lexstream.feedback;

/** Upper tails of distributions of counts, summed from the tail's beginning: small ones keep their digits. */
final class Tails {
    private static final double ENOUGH = 1e-15;

    /** Lanczos' approximation, g = 7. */
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private Tails() {}

    /** Probability of at least {@code count}: negative binomial, Poisson if the variance is no larger than the mean. */
    static double ofCount(long count, double mean, double variance) {
        if (count <= 0) {
            return 1;
        }
        boolean poisson = variance <= mean * (1 + 1e-6);
        double size = poisson ? 0 : mean * mean / (variance - mean);
        double odds = poisson ? 0 : (variance - mean) / variance;
        double term = poisson
                ? Math.exp(count * Math.log(mean) - mean - logGamma(count + 1.0))
                : Math.exp(logGamma(count + size)
                        - logGamma(size)
                        - logGamma(count + 1.0)
                        + size * Math.log1p(-odds)
                        + count * Math.log(odds));
        double sum = 0;
        for (double k = count; k < mean || term > sum * ENOUGH; k++) {
            sum += term;
            term *= poisson ? mean / (k + 1) : (k + size) / (k + 1) * odds;
        }
        return Math.min(1, sum);
    }

    /** Probability of at least {@code count} among {@code of}: beta-binomial. */
    static double ofShare(long count, long of, double yes, double no) {
        if (count <= 0) {
            return 1;
        }
        double term = Math.exp(logGamma(of + 1.0)
                - logGamma(count + 1.0)
                - logGamma(of - count + 1.0)
                + logBeta(count + yes, of - count + no)
                - logBeta(yes, no));
        double sum = 0;
        for (long k = count; k <= of; k++) {
            sum += term;
            term *= (of - k) / (k + 1.0) * (k + yes) / (of - k - 1 + no);
        }
        return Math.min(1, sum);
    }

    private static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    static double logGamma(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double shifted = x - 1;
        double series = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            series += LANCZOS[i] / (shifted + i);
        }
        double t = shifted + 7.5;
        return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series);
    }
}
