package io.lexstream.trainer;

import java.io.IOException;

/** A data file that cannot be used. The message names the file and what is wrong with it. */
public final class DataException extends IOException {
    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
