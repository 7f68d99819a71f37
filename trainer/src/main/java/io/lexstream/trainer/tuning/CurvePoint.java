package io.lexstream.trainer.tuning;

/**
 * How training stood at one moment.
 *
 * @param seen rows trained on so far
 * @param loss mean training loss since the point before
 * @param devLoss mean loss on the development rows
 * @param devScore mean over the development files of macro-F1, or of generated text the share of right tokens; 0 to 1
 */
public record CurvePoint(int step, long seen, double loss, double devLoss, double devScore, double learningRate) {}
