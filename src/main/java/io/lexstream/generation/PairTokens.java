package io.lexstream.generation;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.CloseStack;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Texts and what is to become of them as token ids, for training: sources exactly as {@link Seq2SeqModel} reads them,
 * targets as it would have to write them. Safe for concurrent use until it is closed.
 */
public final class PairTokens implements AutoCloseable {
    private final CloseStack opened;
    private final GenerationConfig config;
    private final Subwords source;
    private final Subwords target;

    private PairTokens(CloseStack opened, GenerationConfig config, Subwords source, Subwords target) {
        this.opened = opened;
        this.config = config;
        this.source = source;
        this.target = target;
    }

    /** @throws ModelRejectedException if a tokenizer does not load */
    public static PairTokens open(Seq2SeqFiles files, GenerationConfig config) throws ModelRejectedException {
        CloseStack opened = new CloseStack();
        try {
            Subwords source = opened.add(Subwords.open(files.tokenizer()));
            Subwords target = Subwords.ofTargets(files, source, opened);
            return new PairTokens(opened, config, source, target);
        } catch (ModelRejectedException | RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    /** The model's prefix before each. */
    public List<SourceTokens> sources(List<String> texts) {
        return source.tokenize(texts, config.sourcePrefix(), config.maxSourceTokens(), end());
    }

    /**
     * The labels of each: what the target's tokenizer puts before a text, or the token that the model is forced to
     * begin with; the text; an end.
     */
    public List<int[]> targets(List<String> texts) {
        return target.framed(texts).stream().map(this::labels).toList();
    }

    private int[] labels(FramedTokens text) {
        List<Integer> labels = new ArrayList<>();
        OptionalInt forced = config.tokens().forcedFirst();
        if (forced.isPresent()) {
            labels.add(forced.getAsInt());
        } else {
            labels.addAll(text.before());
        }
        labels.addAll(text.text());
        labels.add(end());
        return labels.stream().mapToInt(Integer::intValue).toArray();
    }

    private int end() {
        return config.tokens().ends().get(0);
    }

    @Override
    public void close() {
        opened.close();
    }
}
