package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.TextPair;
import java.util.List;
import java.util.Set;

/**
 * Makes of a text and what should be written of it what the model reads and writes when it serves.
 *
 * @param sentences whether it reads one sentence at a time: then the sentences of a pair are learnt, too
 * @param masks whether what is never translated is masked
 */
record LessonRows(boolean sentences, boolean masks) {
    List<TextPair> toLearn(List<TextPair> pairs) {
        return toChooseBy(sentences ? new PairCleaning(Set.of()).clean(pairs) : pairs);
    }

    List<TextPair> toChooseBy(List<TextPair> pairs) {
        return masks ? pairs.stream().map(PairEncoding::masked).toList() : pairs;
    }
}
