package io.lexstream.ops.bench;

import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.TextBatch;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How much of what full windows compute is padding. */
final class PaddingShare {
    private PaddingShare() {}

    static double of(Map<String, ModelPackage> packages, BatchSettings batch, List<String> texts)
            throws ModelRejectedException {
        long tokens = 0;
        long padded = 0;
        try (OpenModels models = new OpenModels(packages.values())) {
            for (int start = 0; start < texts.size(); start += batch.windowTexts()) {
                List<String> window = texts.subList(start, Math.min(texts.size(), start + batch.windowTexts()));
                int[] lengths = models.lengths(new TextBatch(window));
                tokens += Arrays.stream(lengths).sum();
                padded += Batches.paddedTokens(Batches.sorted(lengths, batch.batchTokens()), lengths);
            }
        }
        return 1 - (double) tokens / padded;
    }
}
