package io.lexstream.trainer;

import io.lexstream.inference.TextBatch;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes the features that a cache does not have yet.
 *
 * <p>Texts are taken in windows, sorted by length and cut into batches. Every batch is stored at once, so a killed pass
 * goes on where it was.
 */
final class EncoderPass {
    private static final int WINDOW_TEXTS = 2048;

    private final FeatureSource source;
    private final FeatureCache cache;
    private final int batchTokens;
    private final Progress progress;

    /** @param batchTokens most padded tokens in a batch; a longer text runs alone */
    EncoderPass(FeatureSource source, FeatureCache cache, int batchTokens, Progress progress) {
        this.source = source;
        this.cache = cache;
        this.batchTokens = batchTokens;
        this.progress = progress;
    }

    /** Brings the cache up to date with {@code texts}. Returns how many had to be computed. */
    int run(String name, List<String> texts) throws IOException {
        List<String> missing = new LinkedHashSet<>(texts)
                .stream().filter(text -> !cache.contains(text)).toList();
        progress.say("%s: %d texts, %d of them to encode".formatted(name, texts.size(), missing.size()));
        progress.start();
        for (int start = 0; start < missing.size(); start += WINDOW_TEXTS) {
            int end = Math.min(missing.size(), start + WINDOW_TEXTS);
            runWindow(name, new TextBatch(missing.subList(start, end)), start, missing.size());
        }
        return missing.size();
    }

    private void runWindow(String name, TextBatch window, int before, int all) throws IOException {
        int[] lengths = source.lengths(window);
        long allTokens = IntStream.of(lengths).asLongStream().sum();
        long doneTokens = 0;
        for (List<Integer> rows : TokenBatches.cut(lengths, batchTokens)) {
            TextBatch batch = window.select(rows);
            cache.add(batch.texts(), source.features(batch));
            doneTokens += rows.stream().mapToLong(row -> lengths[row]).sum();
            double done = before + window.size() * (double) doneTokens / allTokens;
            progress.at(done / all, name + ": " + Math.round(done) + " of " + all + " texts encoded");
        }
    }
}
