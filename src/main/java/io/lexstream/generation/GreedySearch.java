package io.lexstream.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes one token after the other; rows that have ended leave the batch at once. */
final class GreedySearch implements Search {
    private final SearchRules rules;
    private final List<? extends TokenChoice> choices;

    /** @param choices how the next token is chosen, one a source */
    GreedySearch(SearchRules rules, List<? extends TokenChoice> choices) {
        this.rules = rules;
        this.choices = choices;
    }

    @Override
    public List<GeneratedTokens> run(DecoderState state) {
        GeneratedTokens[] results = new GeneratedTokens[state.rows()];
        List<Row> live = new ArrayList<>();
        for (int source = 0; source < results.length; source++) {
            live.add(new Row(source, rules.tokens().start()));
        }
        for (int step = 1; !live.isEmpty(); step++) {
            Logits logits =
                    state.step(live.stream().mapToInt(row -> row.history.last()).toArray());
            for (int row = 0; row < live.size(); row++) {
                live.get(row).go(logits.row(row));
            }
            List<Row> open = end(live, rules.end(step), results);
            if (open.size() < live.size() && !open.isEmpty()) {
                state.keep(open.stream().mapToInt(live::indexOf).toArray());
            }
            live = open;
        }
        return Arrays.asList(results);
    }

    /** Takes the results of rows that have ended, and returns the others. */
    private List<Row> end(List<Row> live, Optional<StopReason> all, GeneratedTokens[] results) {
        List<Row> open = new ArrayList<>();
        for (Row row : live) {
            Optional<StopReason> reason = row.ended ? Optional.of(StopReason.END) : all;
            if (reason.isPresent()) {
                results[row.source] = row.result(reason.get());
            } else {
                open.add(row);
            }
        }
        return open;
    }

    /** One source's target, as far as it has come. */
    private final class Row {
        private final int source;
        private final TokenHistory history;
        private double logProbability;
        private boolean ended;

        Row(int source, int start) {
            this.source = source;
            this.history = new TokenHistory(start);
        }

        void go(float[] scores) {
            rules.process(history, scores);
            double all = LogProbabilities.logSumExp(scores);
            if (all == Double.NEGATIVE_INFINITY) {
                ended = true; // the rules leave no token at all
                return;
            }
            int token = choices.get(source).next(scores);
            logProbability += scores[token] - all;
            ended = rules.tokens().isEnd(token);
            if (!ended) {
                history.append(token);
            }
        }

        GeneratedTokens result(StopReason reason) {
            int length = history.generated() + (ended ? 1 : 0);
            double score = rules.decoding().score(logProbability, Math.max(1, length));
            return new GeneratedTokens(history.tokens(), score, reason);
        }
    }
}
