package io.lexstream.model;

/**
 * This model must not serve: broken, incomplete, unsafe or wrong. The message says why, for the person who published
 * it.
 */
public final class ModelRejectedException extends Exception {
    public ModelRejectedException(String message) {
        super(message);
    }

    public ModelRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
