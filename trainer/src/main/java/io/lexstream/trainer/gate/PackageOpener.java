package io.lexstream.trainer.gate;

import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;

/** Opens a package as a processor would, in one precision: {@code ModelOpener::open}. */
@FunctionalInterface
public interface PackageOpener {
    /** The caller owns the model. */
    TextModel open(ModelPackage modelPackage) throws ModelRejectedException;
}
