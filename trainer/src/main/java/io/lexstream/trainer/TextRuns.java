package io.lexstream.trainer;

import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import java.util.List;

/** Runs a model over many texts, in batches of similar length. */
public final class TextRuns {
    private static final int WINDOW_TEXTS = 2048;
    private static final int BATCH_TOKENS = 1536;

    private TextRuns() {}

    /**
     * What the model says about each text, in the texts' order.
     *
     * @param name what progress lines call the texts; the time left is estimated by their characters
     */
    public static List<TextOutput> of(TextModel model, String name, List<String> texts, Progress progress) {
        TextOutput[] said = new TextOutput[texts.size()];
        long characters = texts.stream().mapToLong(String::length).sum();
        long read = 0;
        int done = 0;
        progress.start();
        for (int start = 0; start < texts.size(); start += WINDOW_TEXTS) {
            TextBatch window = new TextBatch(texts.subList(start, Math.min(texts.size(), start + WINDOW_TEXTS)));
            for (List<Integer> rows : TokenBatches.cut(model.lengths(window), BATCH_TOKENS)) {
                List<? extends TextOutput> outputs = model.run(window.select(rows));
                for (int i = 0; i < rows.size(); i++) {
                    said[start + rows.get(i)] = outputs.get(i);
                    read += texts.get(start + rows.get(i)).length();
                }
                done += rows.size();
                progress.at(
                        read / (double) Math.max(1, characters),
                        "%s: %d of %d texts".formatted(name, done, texts.size()));
            }
        }
        return List.of(said);
    }
}
