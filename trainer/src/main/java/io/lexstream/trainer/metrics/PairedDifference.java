package io.lexstream.trainer.metrics;

/**
 * How far one writer is ahead of another on the same texts.
 *
 * @param texts that both have written
 * @param difference score of the one minus the other's
 * @param lower what the difference is above, with the confidence that was asked for
 * @param worseByChance how probable a difference as far below 0 is, were there none: the share of resamples in which
 *     the one is not behind; 1 if it is not behind at all
 */
public record PairedDifference(int texts, double difference, double lower, double worseByChance) {}
