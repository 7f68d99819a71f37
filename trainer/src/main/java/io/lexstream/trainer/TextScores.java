package io.lexstream.trainer;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import java.util.List;
import java.util.Map;

/** Runs a classifier over many texts, in batches of similar length. */
public final class TextScores {
    private static final int WINDOW_TEXTS = 2048;
    private static final int BATCH_TOKENS = 1536;

    private TextScores() {}

    /**
     * The probabilities of each text, by label, in the texts' order.
     *
     * @param name what progress lines call the texts
     */
    public static List<Map<String, Double>> of(TextModel model, String name, List<String> texts, Progress progress) {
        return classify(model, name, texts, progress).stream()
                .map(Classification::scores)
                .toList();
    }

    /** As {@link #of}, with all that the model says. */
    public static List<Classification> classify(TextModel model, String name, List<String> texts, Progress progress) {
        Classification[] said = new Classification[texts.size()];
        int done = 0;
        progress.start();
        for (int start = 0; start < texts.size(); start += WINDOW_TEXTS) {
            TextBatch window = new TextBatch(texts.subList(start, Math.min(texts.size(), start + WINDOW_TEXTS)));
            for (List<Integer> rows : TokenBatches.cut(model.lengths(window), BATCH_TOKENS)) {
                List<? extends TextOutput> outputs = model.run(window.select(rows));
                for (int i = 0; i < rows.size(); i++) {
                    said[start + rows.get(i)] = (Classification) outputs.get(i);
                }
                done += rows.size();
                progress.at(done / (double) texts.size(), "%s: %d of %d texts".formatted(name, done, texts.size()));
            }
        }
        return List.of(said);
    }
}
