package io.lexstream.trainer.metrics;

/**
 * What a metric says of some texts, and how sure that is.
 *
 * @param value the score
 * @param interval where it lies in 95 of 100 resamples of the texts
 */
public record Figure(double value, Interval interval) {}
