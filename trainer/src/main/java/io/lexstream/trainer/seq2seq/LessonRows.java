package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.CandidateRequest;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.WeightedTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rows of a request as pairs. Those of one weight stand together; of a translation of several sentences its
 * sentences are learnt, too, as one sentence is what is translated at a time.
 *
 * @param dev as they are
 */
record LessonRows(List<PairRows> train, List<PairRows> dev) {
    /** Repetitions of a row in one epoch; more would be learnt by heart. */
    private static final double MOST_WEIGHT = 100;

    /** @throws DataException if no pair is left to train on */
    static LessonRows of(CandidateRequest request) throws DataException {
        boolean translates =
                GenerationTask.ofKind(request.parent().manifest().getKind()).orElse(null) == GenerationTask.TRANSLATION;
        List<PairRows> train = new ArrayList<>();
        for (WeightedTexts file : request.train()) {
            byWeight(file).forEach((weight, pairs) -> {
                List<TextPair> usable = translates ? new PairCleaning(Set.of()).clean(pairs) : pairs;
                if (!usable.isEmpty()) {
                    train.add(rows(file.texts().name(), usable, weight));
                }
            });
        }
        if (train.isEmpty()) {
            throw new DataException("no pair is left to train on");
        }
        List<PairRows> dev = request.dev().stream()
                .map(file -> rows(file.name(), pairs(file), 1))
                .toList();
        return new LessonRows(train, dev);
    }

    private static Map<Double, List<TextPair>> byWeight(WeightedTexts file) {
        Map<Double, List<TextPair>> byWeight = new TreeMap<>();
        List<TextPair> pairs = pairs(file.texts());
        for (int row = 0; row < pairs.size(); row++) {
            double weight = Math.min(MOST_WEIGHT, file.weights().get(row));
            if (weight > 0) {
                byWeight.computeIfAbsent(weight, same -> new ArrayList<>()).add(pairs.get(row));
            }
        }
        return byWeight;
    }

    private static List<TextPair> pairs(LabeledTexts file) {
        return file.rows().stream()
                .map(row -> new TextPair(row.text(), row.label()))
                .toList();
    }

    private static PairRows rows(String name, List<TextPair> pairs, double weight) {
        StringBuilder content = new StringBuilder();
        pairs.forEach(pair ->
                content.append(pair.source()).append('\t').append(pair.target()).append('\n'));
        return new PairRows(new TextPairs(name, TextPlace.name(content.toString()), pairs, List.of()), weight);
    }
}
