package io.lexstream.model;

/** A publisher's refusal: the version or deployment asked for was not written. The message says why, for a person. */
public final class ModelPublishException extends RuntimeException {
    public ModelPublishException(String message) {
        super(message);
    }

    public ModelPublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
