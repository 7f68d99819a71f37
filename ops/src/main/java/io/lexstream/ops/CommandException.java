package io.lexstream.ops;

/** A command could not do what it was asked; the message tells its user why and what to do. */
public final class CommandException extends RuntimeException {
    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
