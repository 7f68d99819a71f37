package io.lexstream.trainer.summary;

import io.lexstream.summary.Passage;
import io.lexstream.summary.SentenceFeatures;
import io.lexstream.trainer.FeatureCache;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPairs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts of one data file as the ranker meets them; those of fewer than two sentences, of which nothing can be
 * chosen, are left out.
 *
 * @param name what tables call the file
 */
record ReadFile(String name, List<ReadText> texts) {
    ReadFile {
        texts = List.copyOf(texts);
    }

    /** @param features of every sentence of the file */
    static ReadFile of(TextPairs file, FeatureCache features) throws IOException {
        List<ReadText> texts = new ArrayList<>();
        for (TextPair row : file.rows()) {
            Passage passage = Passage.of(row.source());
            if (passage.sentences().size() < 2) {
                continue;
            }
            List<float[]> embeddings = new ArrayList<>();
            for (String words : passage.words()) {
                embeddings.add(features.get(words));
            }
            texts.add(new ReadText(
                    row.source(),
                    passage,
                    row.target(),
                    embeddings,
                    SentenceFeatures.of(passage, embeddings),
                    GreedyOracle.of(passage, row.target())));
        }
        return new ReadFile(file.name(), texts);
    }

    /** All sentences of the file's texts. */
    static List<String> sentences(TextPairs file) {
        return file.sources().stream()
                .flatMap(source -> Passage.of(source).words().stream())
                .toList();
    }
}
