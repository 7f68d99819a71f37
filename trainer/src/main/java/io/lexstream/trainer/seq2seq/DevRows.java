package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.tuning.DevScore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of pairs that a model is measured on while it is trained.
 *
 * @param files weighed by what their rows are worth: what is asked of a model may be a small one
 * @param batchTokens most padded tokens that are computed at once
 */
record DevRows(List<WeightedPairs> files, int batchTokens) {
    DevRows {
        files = List.copyOf(files);
    }

    /** The model's score on each file. */
    Map<String, DevScore> scores(Seq2SeqModel model) {
        Map<String, DevScore> scores = new LinkedHashMap<>();
        files.forEach(file -> scores.put(file.name(), model.score(file.pairs(), batchTokens)));
        return scores;
    }

    /** The score on all files together. */
    DevScore score(Seq2SeqModel model) {
        return together(scores(model));
    }

    DevScore together(Map<String, DevScore> scores) {
        double weights = files.stream().mapToDouble(WeightedPairs::weight).sum();
        double loss = 0;
        double hits = 0;
        for (WeightedPairs file : files) {
            DevScore score = scores.getOrDefault(file.name(), new DevScore(0, 0));
            loss += file.weight() / weights * score.loss();
            hits += file.weight() / weights * score.macroF1();
        }
        return new DevScore(loss, hits);
    }
}
