package io.lexstream.generation;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.CloseStack;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A live encoder-decoder model: texts in, texts out. Safe for concurrent use until it is closed; each call has a cache
 * of its own.
 */
public final class Seq2SeqModel implements AutoCloseable {
    private final CloseStack opened;
    private final GenerationConfig config;
    private final TokenGenerator generator;
    private final Subwords source;
    private final Subwords target;

    private Seq2SeqModel(
            CloseStack opened, GenerationConfig config, TokenGenerator generator, Subwords source, Subwords target) {
        this.opened = opened;
        this.config = config;
        this.generator = generator;
        this.source = source;
        this.target = target;
    }

    /**
     * @param int8 whether large weights are turned into int8 when the graphs are loaded
     * @param threads inside one ONNX Runtime call
     * @throws ModelRejectedException if a file does not load, or the files do not fit one another
     */
    public static Seq2SeqModel open(Seq2SeqFiles files, GenerationConfig config, boolean int8, int threads)
            throws ModelRejectedException {
        return open(files, config, int8, threads, System::nanoTime);
    }

    static Seq2SeqModel open(
            Seq2SeqFiles files, GenerationConfig config, boolean int8, int threads, LongSupplier nanoTime)
            throws ModelRejectedException {
        CloseStack opened = new CloseStack();
        try {
            Subwords source = opened.add(Subwords.open(files.tokenizer()));
            Subwords target = Subwords.ofTargets(files, source, opened);
            Seq2SeqGraphs graphs = Seq2SeqGraphs.open(files, config.tokens().pad(), int8, threads);
            TokenGenerator generator = opened.add(TokenGenerator.of(graphs, config.tokens(), nanoTime));
            return new Seq2SeqModel(opened, config, generator, source, target);
        } catch (ModelRejectedException | RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    public GenerationConfig config() {
        return config;
    }

    /** Whether its graphs can go on from what they have read; else each step reads all tokens again. */
    public boolean hasCache() {
        return generator.hasCache();
    }

    /** The texts as the encoder will read them, the model's prefix before each. */
    public List<SourceTokens> tokenize(List<String> texts) {
        return source.tokenize(
                texts,
                config.sourcePrefix(),
                config.maxSourceTokens(),
                config.tokens().ends().get(0));
    }

    /** As {@link #generate(List, Decoding)}, decoded as the model's configuration wants it. */
    public List<Generated> generateFrom(List<String> texts) {
        return generate(tokenize(texts), config.decoding());
    }

    /**
     * One target a source, in order.
     *
     * @throws io.lexstream.runtime.InferenceException if it could not be run; nothing is known about which source is to
     *     blame
     */
    public List<Generated> generate(List<SourceTokens> sources, Decoding decoding) {
        List<GeneratedTokens> targets =
                generator.generate(sources.stream().map(SourceTokens::toArray).toList(), decoding);
        List<Generated> generated = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            GeneratedTokens tokens = targets.get(i);
            generated.add(new Generated(
                    target.decode(tokens.tokens()),
                    tokens.tokens(),
                    tokens.score(),
                    sources.get(i).truncated(),
                    tokens.stopReason()));
        }
        return generated;
    }

    @Override
    public void close() {
        opened.close();
    }
}
