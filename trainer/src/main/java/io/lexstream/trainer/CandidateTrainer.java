package io.lexstream.trainer;

import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the next version of a model from the one that serves and from labelled texts. */
public interface CandidateTrainer {
    /**
     * Trains, and writes the package to {@code out}, which must be absent or empty.
     *
     * @throws ModelRejectedException if what came out does not serve
     * @throws java.util.concurrent.CancellationException if the request was called off; what is in its checkpoints lets
     *     the same request go on there
     */
    ModelPackage train(CandidateRequest request, Path out, Progress progress)
            throws IOException, ModelRejectedException;
}
