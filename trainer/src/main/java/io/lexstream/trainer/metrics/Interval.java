package io.lexstream.trainer.metrics;

/** Where a figure lies, were other texts of the same kind measured: in 95 of 100 cases from low to high. */
public record Interval(double low, double high) {
    public Interval {
        if (low > high) {
            throw new IllegalArgumentException("low must be <= high, got " + low + " and " + high);
        }
    }
}
