package io.lexstream.trainer;

import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import java.util.List;

/** Runs a model that writes, a translator or summariser, over many texts. */
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
        if (output instanceof Translation translation) {
            return translation.text(); // empty where the language is not supported: it counts as nothing said
        }
        throw new IllegalArgumentException(
                "the model writes nothing, it says " + output.getClass().getSimpleName());
    }
}
