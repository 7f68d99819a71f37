package io.lexstream.trainer.summary;

import io.lexstream.summary.Passage;
import java.util.List;

/**
 * A text with its summary, as the ranker meets it.
 *
 * @param source as it was given
 * @param embeddings one for each sentence, as the encoder gives them
 * @param features one row for each sentence
 * @param oracle numbers of the sentences that {@link GreedyOracle} would quote
 */
record ReadText(
        String source,
        Passage passage,
        String reference,
        List<float[]> embeddings,
        List<float[]> features,
        List<Integer> oracle) {
    ReadText {
        embeddings = List.copyOf(embeddings);
        features = List.copyOf(features);
        oracle = List.copyOf(oracle);
    }
}
