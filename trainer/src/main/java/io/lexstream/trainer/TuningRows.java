package io.lexstream.trainer;

import io.lexstream.inference.TextTokenizer;
import io.lexstream.trainer.tuning.TokenRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Labelled texts as the rows that an encoder is trained on. */
final class TuningRows {
    /** Tokenised together: the library works on them in parallel. */
    private static final int CHUNK = 512;

    private final TextTokenizer tokenizer;
    private final TrainingWeights weights;

    TuningRows(TextTokenizer tokenizer, TrainingWeights weights) {
        this.tokenizer = tokenizer;
        this.weights = weights;
    }

    /** The rows of {@code files}, their weights 1 on average. */
    List<TokenRow> of(int task, List<LabeledTexts> files, List<String> labels) {
        List<LabeledText> texts = new ArrayList<>();
        List<Integer> sourceOf = new ArrayList<>();
        boolean[][] possible = new boolean[files.size()][];
        for (int source = 0; source < files.size(); source++) {
            possible[source] = possible(files.get(source), labels);
            for (LabeledText row : files.get(source).rows()) {
                texts.add(row);
                sourceOf.add(source);
            }
        }
        int[] sources = sourceOf.stream().mapToInt(Integer::intValue).toArray();
        int[] rightLabels =
                texts.stream().mapToInt(row -> labels.indexOf(row.label())).toArray();
        double[] rowWeights = weights.of(sources, rightLabels);
        double mean = Arrays.stream(rowWeights).average().orElse(1);
        List<TokenRow> rows = new ArrayList<>(texts.size());
        for (int start = 0; start < texts.size(); start += CHUNK) {
            List<LabeledText> chunk = texts.subList(start, Math.min(texts.size(), start + CHUNK));
            List<long[]> ids =
                    tokenizer.firstWindows(chunk.stream().map(LabeledText::text).toList());
            for (int i = 0; i < chunk.size(); i++) {
                int row = start + i;
                rows.add(TokenRow.labelled(
                        ids.get(i), task, sources[row], rightLabels[row], possible[sources[row]], (float)
                                (rowWeights[row] / mean)));
            }
        }
        return rows;
    }

    /** A file a label: what it does not name is in the others. */
    private static boolean[] possible(LabeledTexts file, List<String> labels) {
        boolean[] possible = new boolean[labels.size()];
        if (file.labels().size() < 2) {
            Arrays.fill(possible, true);
        }
        file.labels().forEach(label -> possible[labels.indexOf(label)] = true);
        return possible;
    }
}
