package io.lexstream.inference;

import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;

/** Opens verified packages as live models; encoders with the same content are opened once and shared. */
public final class ModelOpener implements AutoCloseable {
    public ModelOpener(InferenceSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens, warms up and checks on the package's golden cases. The caller owns the model.
     *
     * @throws ModelRejectedException if the graph does not load, has other inputs, outputs or label count than the
     *     manifest says, gives NaN, or fails a golden case
     */
    public TextModel open(ModelPackage modelPackage) throws ModelRejectedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
