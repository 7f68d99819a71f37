package io.lexstream.model;

/**
 * This model must not serve: broken, incomplete, unsafe, not trusted or wrong. The message says why, for the person who
 * published it.
 */
public final class ModelRejectedException extends Exception {
    private final Rejection rejection;

    /** A broken one. */
    public ModelRejectedException(String message) {
        this(Rejection.BROKEN, message);
    }

    /** A broken one; if {@code cause} is a rejection, then for the same reason. */
    public ModelRejectedException(String message, Throwable cause) {
        super(message, cause);
        this.rejection = cause instanceof ModelRejectedException earlier ? earlier.rejection : Rejection.BROKEN;
    }

    public ModelRejectedException(Rejection rejection, String message) {
        super(message);
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
