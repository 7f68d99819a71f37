package io.lexstream.trainer;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TextModel;
import java.util.List;
import java.util.Map;

/** Runs a classifier over many texts. */
public final class TextScores {
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
        return TextRuns.of(model, name, texts, progress).stream()
                .map(Classification.class::cast)
                .toList();
    }
}
