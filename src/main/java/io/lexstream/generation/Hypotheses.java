package io.lexstream.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The best finished targets of one source, at most as many as beams. Scores, and when there is nothing more to win, as
 * Hugging Face's {@code BeamHypotheses} has it.
 */
final class Hypotheses {
    private static final Comparator<Hypothesis> WORST_FIRST = Comparator.comparingDouble(Hypothesis::score);

    private final Decoding decoding;
    private final List<Hypothesis> finished = new ArrayList<>();

    Hypotheses(Decoding decoding) {
        this.decoding = decoding;
    }

    private record Hypothesis(List<Integer> tokens, double score, StopReason reason) {}

    /** @param length generated tokens, the end token counted */
    void add(TokenHistory history, double logProbability, int length, StopReason reason) {
        double score = score(logProbability, length);
        if (finished.size() < decoding.beams() || score > worst()) {
            finished.add(new Hypothesis(history.tokens(), score, reason));
            if (finished.size() > decoding.beams()) {
                finished.remove(finished.stream().min(WORST_FIRST).orElseThrow());
            }
        }
    }

    /**
     * Whether no open beam is worth going on with.
     *
     * @param best greatest log-probability of an open beam
     * @param length its generated tokens
     */
    boolean areComplete(double best, int length) {
        if (finished.size() < decoding.beams()) {
            return false;
        }
        return switch (decoding.earlyStopping()) {
            case FIRST -> true;
            case HEURISTIC -> worst() >= score(best, length);
            case NEVER -> worst() >= score(best, decoding.lengthPenalty() > 0 ? decoding.maxTokens() : length);
        };
    }

    GeneratedTokens best() {
        Hypothesis best = finished.stream().max(WORST_FIRST).orElseThrow();
        return new GeneratedTokens(best.tokens(), best.score(), best.reason());
    }

    private double worst() {
        return finished.stream().min(WORST_FIRST).orElseThrow().score();
    }

    private double score(double logProbability, int length) {
        return logProbability / Math.pow(length, decoding.lengthPenalty());
    }
}
