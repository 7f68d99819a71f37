package io.lexstream.generation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a text is generated, step by step. Lengths are of generated tokens: without the start token, with the end token.
 *
 * @param beams hypotheses that are followed side by side; 1 = greedy, or sampling
 * @param lengthPenalty a finished hypothesis scores its log-probability / length ^ penalty; above 0 favours long ones
 * @param sampling if the next token is drawn; only with one beam
 * @param noRepeatNgram no sequence of so many tokens comes twice; 0 = it may
 * @param repetitionPenalty above 1 makes tokens that were said less likely (Keskar et al. 2019, CTRL); 1 = does not
 * @param minTokens no end before so many
 * @param maxTokens the end, whatever the model says
 * @param deadline most time for a text, from the start of its batch
 * @param batchTokens most tokens of a batch: rows, beams of each, source and expected target
 * @param cache whether a step reads one token and remembers those before; else it reads all of them again and says the
 *     same, slower: to compare with
 */
public record Decoding(
        int beams,
        double lengthPenalty,
        EarlyStopping earlyStopping,
        Optional<Sampling> sampling,
        int noRepeatNgram,
        double repetitionPenalty,
        int minTokens,
        int maxTokens,
        Optional<Duration> deadline,
        int batchTokens,
        boolean cache) {
    static final int DEFAULT_MAX_TOKENS = 256;

    private static final int MAX_BEAMS = 64;
    private static final int DEFAULT_BATCH_TOKENS = 8192;
    private static final int MARGIN_TOKENS = 8;

    /** The likeliest token each time, as long as the model wants up to 256 tokens. */
    public static final Decoding GREEDY = new Decoding(
            1,
            1,
            EarlyStopping.HEURISTIC,
            Optional.empty(),
            0,
            1,
            0,
            DEFAULT_MAX_TOKENS,
            Optional.empty(),
            DEFAULT_BATCH_TOKENS,
            true);

    public Decoding {
        require(beams >= 1 && beams <= MAX_BEAMS, "beams must be 1 to " + MAX_BEAMS, beams);
        require(Double.isFinite(lengthPenalty), "the length penalty must be a number", lengthPenalty);
        require(sampling.isEmpty() || beams == 1, "sampling goes with one beam", beams);
        require(noRepeatNgram >= 0, "no-repeat n-grams must be >= 0", noRepeatNgram);
        require(
                repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
                "the repetition penalty must be > 0",
                repetitionPenalty);
        require(minTokens >= 0 && minTokens <= maxTokens, "the least tokens must be 0 to " + maxTokens, minTokens);
        require(maxTokens >= 1, "the most tokens must be >= 1", maxTokens);
        require(batchTokens >= 1, "the tokens of a batch must be >= 1", batchTokens);
        if (deadline.isPresent()
                && (deadline.get().isNegative() || deadline.get().isZero())) {
            throw new IllegalArgumentException("the deadline must be > 0, got " + deadline.get());
        }
    }

    private static void require(boolean right, String rule, Number is) {
        if (!right) {
            throw new IllegalArgumentException(rule + ", got " + is);
        }
    }

    public Decoding withBeams(int count) {
        return with(draft -> draft.beams = count);
    }

    public Decoding withLengthPenalty(double penalty) {
        return with(draft -> draft.lengthPenalty = penalty);
    }

    public Decoding withEarlyStopping(EarlyStopping stopping) {
        return with(draft -> draft.earlyStopping = stopping);
    }

    /** With one beam. */
    public Decoding withSampling(Sampling drawing) {
        return with(draft -> {
            draft.beams = 1;
            draft.sampling = Optional.of(drawing);
        });
    }

    public Decoding withRepetition(int ngram, double penalty) {
        return with(draft -> {
            draft.noRepeatNgram = ngram;
            draft.repetitionPenalty = penalty;
        });
    }

    public Decoding withTokens(int least, int most) {
        return with(draft -> {
            draft.minTokens = least;
            draft.maxTokens = most;
        });
    }

    public Decoding withDeadline(Duration most) {
        return with(draft -> draft.deadline = Optional.of(most));
    }

    public Decoding withBatchTokens(int most) {
        return with(draft -> draft.batchTokens = most);
    }

    public Decoding withoutCache() {
        return with(draft -> draft.cache = false);
    }

    private Decoding with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.decoding();
    }

    /**
     * What a hypothesis of so many tokens is worth beside others of the same source (the length penalty of Hugging
     * Face).
     */
    double score(double logProbability, int length) {
        return logProbability / Math.pow(length, lengthPenalty);
    }

    /** A guess for budgets: as many as the source has and a few more, as translations do; never above the most. */
    public int expectedTokens(int sourceTokens) {
        return Math.min(maxTokens, sourceTokens + MARGIN_TOKENS);
    }

    /** The same values, while some are changed. */
    private static final class Draft {
        private int beams;
        private double lengthPenalty;
        private EarlyStopping earlyStopping;
        private Optional<Sampling> sampling;
        private int noRepeatNgram;
        private double repetitionPenalty;
        private int minTokens;
        private int maxTokens;
        private Optional<Duration> deadline;
        private int batchTokens;
        private boolean cache;

        Draft(Decoding from) {
            beams = from.beams;
            lengthPenalty = from.lengthPenalty;
            earlyStopping = from.earlyStopping;
            sampling = from.sampling;
            noRepeatNgram = from.noRepeatNgram;
            repetitionPenalty = from.repetitionPenalty;
            minTokens = from.minTokens;
            maxTokens = from.maxTokens;
            deadline = from.deadline;
            batchTokens = from.batchTokens;
            cache = from.cache;
        }

        Decoding decoding() {
            return new Decoding(
                    beams,
                    lengthPenalty,
                    earlyStopping,
                    sampling,
                    noRepeatNgram,
                    repetitionPenalty,
                    minTokens,
                    maxTokens,
                    deadline,
                    batchTokens,
                    cache);
        }
    }
}
