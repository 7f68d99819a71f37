package io.lexstream.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** One source in a beam search: its open beams, each a row of the batch, and its finished hypotheses. */
final class BeamRows {
    private static final int LEAST_SPARE = 2;

    private final SearchRules rules;
    private final int source;
    private final Hypotheses hypotheses;
    private List<Beam> beams;
    private boolean done;

    BeamRows(SearchRules rules, int source) {
        this.rules = rules;
        this.source = source;
        this.hypotheses = new Hypotheses(rules.decoding());
        this.beams = List.of(new Beam(new TokenHistory(rules.tokens().start()), 0, 0));
    }

    /** @param parent the row that it goes on from */
    private record Beam(TokenHistory history, double logProbability, int parent) {}

    private record Candidate(int beam, int token, double logProbability) {
        private static final Comparator<Candidate> BEST_LAST = Comparator.comparingDouble(Candidate::logProbability)
                .thenComparing(Comparator.comparingInt(Candidate::beam).reversed())
                .thenComparing(Comparator.comparingInt(Candidate::token).reversed());
    }

    int source() {
        return source;
    }

    int rows() {
        return beams.size();
    }

    boolean isDone() {
        return done;
    }

    /** What its rows read next. */
    int[] lastTokens() {
        return beams.stream().mapToInt(beam -> beam.history().last()).toArray();
    }

    /** The rows that its beams go on from. */
    int[] parents() {
        return beams.stream().mapToInt(Beam::parent).toArray();
    }

    /**
     * Goes one token on.
     *
     * @param firstRow where its rows begin in the batch
     */
    void go(Logits logits, int firstRow) {
        List<Candidate> candidates = candidates(logits, firstRow);
        if (candidates.isEmpty()) {
            end(StopReason.END); // the rules leave no token at all
            return;
        }
        List<Beam> next = new ArrayList<>();
        int generated = beams.get(0).history().generated() + 1;
        for (int rank = 0;
                rank < candidates.size() && next.size() < rules.decoding().beams();
                rank++) {
            Candidate candidate = candidates.get(rank);
            TokenHistory history = beams.get(candidate.beam()).history();
            if (!rules.tokens().isEnd(candidate.token())) {
                next.add(new Beam(
                        history.with(candidate.token()), candidate.logProbability(), firstRow + candidate.beam()));
            } else if (rank < rules.decoding().beams()) {
                hypotheses.add(history, candidate.logProbability(), generated, StopReason.END);
            }
        }
        done = next.isEmpty() || hypotheses.areComplete(candidates.get(0).logProbability(), generated);
        beams = next;
    }

    /** Ends it with what there is. */
    void end(StopReason reason) {
        for (Beam beam : beams) {
            int length = Math.max(1, beam.history().generated());
            hypotheses.add(beam.history(), beam.logProbability(), length, reason);
        }
        done = true;
    }

    GeneratedTokens result() {
        return hypotheses.best();
    }

    /** The best ways to go on, best first; enough of them that all beams go on even if the others end. */
    private List<Candidate> candidates(Logits logits, int firstRow) {
        int spare = Math.max(LEAST_SPARE, 1 + rules.tokens().ends().size());
        int most = spare * rules.decoding().beams();
        PriorityQueue<Candidate> best = new PriorityQueue<>(Candidate.BEST_LAST);
        for (int beam = 0; beam < beams.size(); beam++) {
            Beam open = beams.get(beam);
            float[] scores = logits.row(firstRow + beam);
            LogProbabilities.normalise(scores);
            rules.process(open.history(), scores);
            double worst = best.size() < most
                    ? Double.NEGATIVE_INFINITY
                    : best.element().logProbability();
            for (int token = 0; token < scores.length; token++) {
                double sum = open.logProbability() + scores[token];
                if (sum > worst) {
                    best.add(new Candidate(beam, token, sum));
                    if (best.size() > most) {
                        best.remove();
                    }
                    worst = best.size() < most
                            ? Double.NEGATIVE_INFINITY
                            : best.element().logProbability();
                }
            }
        }
        List<Candidate> sorted = new ArrayList<>(best);
        sorted.sort(Candidate.BEST_LAST.reversed());
        return sorted;
    }
}
