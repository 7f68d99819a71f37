package io.lexstream.trainer.seq2seq;

import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.CandidateRequest;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Goes on training a model that generates text. */
public interface WrittenTuning {
    /**
     * Trains, and writes a package with the parent's other files to {@code out}, which is absent or empty.
     *
     * @throws ModelRejectedException if the parent cannot be gone on from, or the weights cannot be stored
     * @throws java.util.concurrent.CancellationException if it was called off; its checkpoint is written
     */
    ModelPackage tune(Lesson lesson, Path out, Progress progress) throws IOException, ModelRejectedException;

    /**
     * What is to be learnt, as the model will read it.
     *
     * @param request for everything but the rows
     * @param manifest of the new version, all but files and how it was made
     * @param dev pairs to choose by, by where they come from
     */
    record Lesson(
            CandidateRequest request,
            ModelManifest manifest,
            List<WeightedRows> train,
            Map<String, List<TextPair>> dev) {
        public Lesson {
            train = List.copyOf(train);
            dev = Map.copyOf(dev);
        }
    }

    /**
     * Pairs that count the same.
     *
     * @param name where they come from
     * @param weight how often an epoch has each
     */
    record WeightedRows(String name, double weight, List<TextPair> pairs) {
        public WeightedRows {
            pairs = List.copyOf(pairs);
        }
    }
}
