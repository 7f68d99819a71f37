package io.lexstream.runtime;

/** A model could not run. The message names the model and the batch's shape. */
public final class InferenceException extends RuntimeException {
    public InferenceException(String message, Throwable cause) {
        super(message, cause);
    }

    public InferenceException(String message) {
        super(message);
    }
}
