package io.lexstream.inference;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.GraphRecipe;
import io.lexstream.runtime.OnnxSession;
import java.nio.file.Path;
import java.util.List;

/** One graph from token ids [rows, tokens] to logits [rows, labels], as classification exports come. */
final class WholeGraph implements LogitModel {
    private final TextTokenizer tokenizer;
    private final TokenGraph graph;

    private WholeGraph(TextTokenizer tokenizer, TokenGraph graph) {
        this.tokenizer = tokenizer;
        this.graph = graph;
    }

    static WholeGraph open(GraphRecipe graph, Path tokenizerJson, int maxTokens, InferenceSettings settings)
            throws ModelRejectedException {
        TextTokenizer tokenizer = TextTokenizer.open(tokenizerJson, maxTokens, settings.maxWindows());
        try {
            return new WholeGraph(tokenizer, TokenGraph.open(graph, 2, settings.intraOpThreads()));
        } catch (ModelRejectedException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public int[] lengths(TextBatch texts) {
        return tokenizer.lengths(texts);
    }

    @Override
    public List<TextLogits> logits(TextBatch texts) {
        List<TokenizedText> tokens = tokenizer.tokens(texts);
        OnnxSession.Output output = graph.run(
                tokens.stream().flatMap(text -> text.windows().stream()).toList());
        return LogitModel.perText(output, tokens);
    }

    @Override
    public void close() {
        graph.close();
        tokenizer.close();
    }
}
