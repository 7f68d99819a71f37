package io.lexstream.onnx;

/** A graph or an adapter that cannot be used: the message says what is wrong with it. */
public final class GraphException extends Exception {
    public GraphException(String message) {
        super(message);
    }

    public GraphException(String message, Throwable cause) {
        super(message, cause);
    }
}
