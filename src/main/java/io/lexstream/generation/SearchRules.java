package io.lexstream.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What every search goes by.
 *
 * @param processors in the order in which they are applied, Hugging Face's
 * @param overdue whether the batch's time is over
 */
record SearchRules(SpecialTokens tokens, Decoding decoding, List<LogitsProcessor> processors, BooleanSupplier overdue) {

    static SearchRules of(SpecialTokens tokens, Decoding decoding, BooleanSupplier overdue) {
        List<LogitsProcessor> processors = new ArrayList<>();
        if (decoding.repetitionPenalty() != 1) {
            processors.add(new RepetitionPenalty((float) decoding.repetitionPenalty()));
        }
        if (decoding.noRepeatNgram() > 0) {
            processors.add(new NoRepeatNgram(decoding.noRepeatNgram()));
        }
        for (List<Integer> banned : tokens.banned()) {
            if (banned.size() > 1 || !tokens.isEnd(banned.get(0))) {
                processors.add(new BannedSequence(banned));
            }
        }
        if (decoding.minTokens() > 0) {
            processors.add(new MinLength(decoding.minTokens(), tokens.ends()));
        }
        tokens.forcedFirst().ifPresent(token -> processors.add(new ForcedToken(0, token)));
        tokens.forcedLast().ifPresent(token -> processors.add(new ForcedToken(decoding.maxTokens() - 1, token)));
        return new SearchRules(tokens, decoding, List.copyOf(processors), overdue);
    }

    void process(TokenHistory history, float[] scores) {
        for (LogitsProcessor processor : processors) {
            processor.apply(history, scores);
        }
    }

    /** Why all rows that have so many tokens must end now, if they must. */
    Optional<StopReason> end(int generated) {
        if (generated >= decoding.maxTokens()) {
            return Optional.of(StopReason.LENGTH);
        }
        return overdue.getAsBoolean() ? Optional.of(StopReason.DEADLINE) : Optional.empty();
    }
}
