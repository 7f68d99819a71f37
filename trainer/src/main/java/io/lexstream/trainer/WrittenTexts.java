package io.lexstream.trainer;

import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import java.util.List;

/** Runs a model that writes, such as a summariser, over many texts. */
public final class WrittenTexts {
    private WrittenTexts() {}

    /**
     * What the model writes of each text, in the texts' order.
     *
     * @param name what progress lines call the texts
     */
    public static List<String> of(TextModel model, String name, List<String> texts, Progress progress) {
        return TextRuns.of(model, name, texts, progress).stream()
                .map(WrittenTexts::text)
                .toList();
    }

    private static String text(TextOutput output) {
        if (output instanceof ExtractedSummary summary) {
            return summary.text();
        }
        throw new IllegalArgumentException(
                "the model writes nothing, it says " + output.getClass().getSimpleName());
    }
}
