package io.lexstream.trainer;

import io.lexstream.inference.TextTokenizer;
import io.lexstream.trainer.tuning.TokenRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Labelled texts as the rows that an encoder is trained on. */
final class TuningRows {
    /** Tokenised together: the library works on them in parallel. */
    private static final int CHUNK = 512;

    private final TextTokenizer tokenizer;

    TuningRows(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The rows of {@code files}, their weights 1 on average. */
    List<TokenRow> of(int task, List<WeightedTexts> files, List<String> labels) {
        double mean = files.stream()
                .flatMap(file -> file.weights().stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(1);
        List<TokenRow> rows = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            LabeledTexts texts = files.get(file).texts();
            boolean[] possible = possible(texts, labels);
            boolean[] all = all(labels);
            for (int start = 0; start < texts.rows().size(); start += CHUNK) {
                List<LabeledText> chunk =
                        texts.rows().subList(start, Math.min(texts.rows().size(), start + CHUNK));
                List<long[]> ids = tokenizer.firstWindows(
                        chunk.stream().map(LabeledText::text).toList());
                for (int i = 0; i < chunk.size(); i++) {
                    double weight = files.get(file).weights().get(start + i) / mean;
                    int label = labels.indexOf(chunk.get(i).label());
                    Map<String, Double> scores = files.get(file).scores().get(start + i);
                    rows.add(
                            scores.isEmpty()
                                    ? TokenRow.labelled(ids.get(i), task, file, label, possible, (float) weight)
                                    : new TokenRow(
                                            ids.get(i), task, file, target(scores, labels), all, (float) weight));
                }
            }
        }
        return rows;
    }

    private static float[] target(Map<String, Double> scores, List<String> labels) {
        float[] target = new float[labels.size()];
        for (int i = 0; i < target.length; i++) {
            target[i] = scores.getOrDefault(labels.get(i), 0.0).floatValue();
        }
        return target;
    }

    private static boolean[] all(List<String> labels) {
        boolean[] all = new boolean[labels.size()];
        Arrays.fill(all, true);
        return all;
    }

    /** A file a label: what it does not name is in the others. */
    private static boolean[] possible(LabeledTexts file, List<String> labels) {
        if (file.labels().size() < 2) {
            return all(labels);
        }
        boolean[] possible = new boolean[labels.size()];
        file.labels().forEach(label -> possible[labels.indexOf(label)] = true);
        return possible;
    }
}
