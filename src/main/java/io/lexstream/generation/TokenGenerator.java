package io.lexstream.generation;

import io.lexstream.model.ModelRejectedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** An encoder-decoder model from source ids to target ids, in batches of sources of about equal length. */
final class TokenGenerator implements AutoCloseable {
    private final Seq2SeqGraphs graphs;
    private final SpecialTokens tokens;
    private final LongSupplier nanoTime;

    /**
     * Takes ownership of {@code graphs}, also if it fails.
     *
     * @param nanoTime what deadlines are measured with
     */
    static TokenGenerator of(Seq2SeqGraphs graphs, SpecialTokens tokens, LongSupplier nanoTime)
            throws ModelRejectedException {
        try {
            if (graphs.vocabulary() > 0) {
                tokens.check(graphs.vocabulary());
            }
            return new TokenGenerator(graphs, tokens, nanoTime);
        } catch (ModelRejectedException e) {
            graphs.close();
            throw e;
        }
    }

    private TokenGenerator(Seq2SeqGraphs graphs, SpecialTokens tokens, LongSupplier nanoTime) {
        this.graphs = graphs;
        this.tokens = tokens;
        this.nanoTime = nanoTime;
    }

    /**
     * @param sources token ids, at least one each
     * @return one result a source, in order
     * @throws io.lexstream.runtime.InferenceException if a graph fails, or gives what is no number
     */
    List<GeneratedTokens> generate(List<long[]> sources, Decoding decoding) {
        GeneratedTokens[] results = new GeneratedTokens[sources.size()];
        for (List<Integer> batch : new SourceBatches(decoding).cut(sources)) {
            List<long[]> ofBatch = batch.stream().map(sources::get).toList();
            List<GeneratedTokens> generated = run(ofBatch, decoding);
            for (int i = 0; i < batch.size(); i++) {
                results[batch.get(i)] = generated.get(i);
            }
        }
        return Arrays.asList(results);
    }

    private List<GeneratedTokens> run(List<long[]> sources, Decoding decoding) {
        SearchRules rules = SearchRules.of(tokens, decoding, overdue(decoding.deadline()));
        Search search = decoding.beams() > 1
                ? new BeamSearch(rules)
                : new GreedySearch(
                        rules,
                        sources.stream().map(source -> choice(source, decoding)).toList());
        try (DecoderState state = graphs.start(sources, decoding.cache())) {
            return search.run(state);
        }
    }

    private BooleanSupplier overdue(Optional<Duration> deadline) {
        if (deadline.isEmpty()) {
            return () -> false;
        }
        long started = nanoTime.getAsLong();
        long most = deadline.get().toNanos();
        return () -> nanoTime.getAsLong() - started >= most;
    }

    /** A text's draws depend on its own source and the seed, not on what else is in the batch. */
    private static TokenChoice choice(long[] source, Decoding decoding) {
        if (decoding.sampling().isEmpty()) {
            return TokenChoice::likeliest;
        }
        Sampling sampling = decoding.sampling().get();
        return new Sampler(sampling, new SplittableRandom(sampling.seed() + Arrays.hashCode(source)));
    }

    boolean hasCache() {
        return graphs.layout() != Seq2SeqLayout.PLAIN;
    }

    @Override
    public void close() {
        graphs.close();
    }
}
