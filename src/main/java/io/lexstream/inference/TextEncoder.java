package io.lexstream.inference;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.GraphRecipe;
import io.lexstream.runtime.OnnxSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Transformer encoder with its tokenizer and pooling: texts in, features out. Safe for concurrent calls. */
public final class TextEncoder implements AutoCloseable {
    private final TextTokenizer tokenizer;
    private final TokenGraph graph;
    private final Pooling pooling;
    private final int hidden;

    private TextEncoder(TextTokenizer tokenizer, TokenGraph graph, Pooling pooling, int hidden) {
        this.tokenizer = tokenizer;
        this.graph = graph;
        this.pooling = pooling;
        this.hidden = hidden;
    }

    /**
     * Opens an encoder just as it is in its file, in fp32.
     *
     * @param graph an ONNX encoder: token ids [batch, tokens] to states [batch, tokens, hidden]
     * @param maxTokens longest window, special tokens included
     * @throws ModelRejectedException if the graph or the tokenizer does not load or does not fit
     */
    public static TextEncoder open(
            Path graph, Path tokenizerJson, Pooling pooling, int maxTokens, InferenceSettings settings)
            throws ModelRejectedException {
        return open(GraphRecipe.asIs(graph), tokenizerJson, pooling, maxTokens, settings);
    }

    static TextEncoder open(
            GraphRecipe graph, Path tokenizerJson, Pooling pooling, int maxTokens, InferenceSettings settings)
            throws ModelRejectedException {
        TextTokenizer tokenizer = TextTokenizer.open(tokenizerJson, maxTokens, settings.maxWindows());
        TokenGraph encoder = null;
        try {
            encoder = TokenGraph.open(graph, 3, settings.intraOpThreads());
            int hidden = encoder.width();
            if (hidden < 1) {
                throw new ModelRejectedException("the encoder does not say how wide its states are");
            }
            return new TextEncoder(tokenizer, encoder, pooling, hidden);
        } catch (ModelRejectedException | RuntimeException e) {
            tokenizer.close();
            if (encoder != null) {
                encoder.close();
            }
            throw e;
        }
    }

    /** Features per window. */
    public int dimensions() {
        return pooling.dimensions(hidden);
    }

    /** How many tokens are read of each text. */
    public int[] lengths(TextBatch texts) {
        return tokenizer.lengths(texts);
    }

    /** The features of each text, computed once per batch whoever asks. */
    public List<EncodedText> encode(TextBatch texts) {
        return texts.derive(this, batch -> encode(tokenizer.tokens(batch)));
    }

    /** The tokens of texts that are parts of others, such as sentences. */
    List<TokenizedText> tokens(List<String> parts) {
        return parts.isEmpty() ? List.of() : tokenizer.tokenize(new TextBatch(parts));
    }

    /** The features of tokenised texts, in one run of the graph. */
    List<EncodedText> encode(List<TokenizedText> tokens) {
        List<long[]> rows =
                tokens.stream().flatMap(text -> text.windows().stream()).toList();
        OnnxSession.Output states = graph.run(rows);
        int rowValues = states.values().length / rows.size();
        List<EncodedText> encoded = new ArrayList<>(tokens.size());
        int row = 0;
        for (TokenizedText text : tokens) {
            List<float[]> windows = new ArrayList<>(text.windows().size());
            for (long[] window : text.windows()) {
                windows.add(pooling.pool(states.values(), row++ * rowValues, window.length, hidden));
            }
            encoded.add(new EncodedText(windows, text.tokens(), text.unknownTokens(), text.truncated()));
        }
        return encoded;
    }

    @Override
    public void close() {
        graph.close();
        tokenizer.close();
    }
}
