package io.lexstream.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Follows several hypotheses of each source, as Hugging Face's beam search does: candidates, length penalty, end.
 * Sources that are done leave the batch with all their beams.
 */
final class BeamSearch implements Search {
    private final SearchRules rules;

    BeamSearch(SearchRules rules) {
        this.rules = rules;
    }

    @Override
    public List<GeneratedTokens> run(DecoderState state) {
        GeneratedTokens[] results = new GeneratedTokens[state.rows()];
        List<BeamRows> live = new ArrayList<>();
        for (int source = 0; source < results.length; source++) {
            live.add(new BeamRows(rules, source));
        }
        for (int step = 1; !live.isEmpty(); step++) {
            Logits logits = state.step(rows(live, BeamRows::lastTokens));
            int firstRow = 0;
            for (BeamRows source : live) {
                int rows = source.rows();
                source.go(logits, firstRow);
                firstRow += rows;
            }
            live = end(live, rules.end(step), results);
            if (!live.isEmpty()) {
                state.keep(rows(live, BeamRows::parents));
            }
        }
        return Arrays.asList(results);
    }

    private static List<BeamRows> end(List<BeamRows> live, Optional<StopReason> all, GeneratedTokens[] results) {
        List<BeamRows> open = new ArrayList<>();
        for (BeamRows source : live) {
            if (!source.isDone() && all.isPresent()) {
                source.end(all.get());
            }
            if (source.isDone()) {
                results[source.source()] = source.result();
            } else {
                open.add(source);
            }
        }
        return open;
    }

    /** Of every row in order: the token to read, or the row that it goes on from. */
    private static int[] rows(List<BeamRows> live, Function<BeamRows, int[]> ofSource) {
        return live.stream()
                .flatMapToInt(source -> IntStream.of(ofSource.apply(source)))
                .toArray();
    }
}
