package io.lexstream.trainer;

import io.lexstream.inference.Classification;
import io.lexstream.schemas.GoldenCase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a head must say wherever it is opened: texts, their labels and the scores it gives them now. */
final class GoldenCases {
    private static final double SCORE_DIGITS = 1e6;

    private GoldenCases() {}

    /**
     * Those of {@code texts} that the head labels as they are labelled: what it gets wrong now cannot be asked of it
     * later.
     *
     * @throws DataException if that is less than half of them
     */
    static List<GoldenCase> of(LinearHead head, FeatureCache features, List<LabeledText> texts) throws IOException {
        List<Map<String, Double>> scores = new ArrayList<>();
        for (LabeledText row : texts) {
            scores.add(Classification.of(head.labels(), head.probabilities(features.get(row.text())), false, 1)
                    .scores());
        }
        return of(texts, scores);
    }

    /**
     * As {@link #of(LinearHead, FeatureCache, List)}.
     *
     * @param scores what the model says of each text, by label
     */
    static List<GoldenCase> of(List<LabeledText> texts, List<Map<String, Double>> scores) throws DataException {
        List<GoldenCase> cases = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            LabeledText row = texts.get(i);
            String said = Collections.max(scores.get(i).entrySet(), Map.Entry.comparingByValue())
                    .getKey();
            if (said.equals(row.label())) {
                cases.add(new GoldenCase(row.text(), row.label(), rounded(scores.get(i))));
            }
        }
        if (cases.size() * 2 < texts.size()) {
            throw new DataException("the head labels only %d of %d golden cases right: do they follow the data's rules?"
                    .formatted(cases.size(), texts.size()));
        }
        return cases;
    }

    private static Map<String, Double> rounded(Map<String, Double> scores) {
        Map<String, Double> rounded = new LinkedHashMap<>();
        scores.forEach((label, score) -> rounded.put(label, Math.round(score * SCORE_DIGITS) / SCORE_DIGITS));
        return rounded;
    }
}
