package io.lexstream.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** A schema registry's definite no: asking again would give the same answer. */
public class RegistryException extends SerializationException {
    private final int status;
    private final int code;

    public RegistryException(String message, int status, int code) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status, such as 401 or 409. */
    public int status() {
        return status;
    }

    /** The registry's own error code, such as 42201; the HTTP status where the registry gave none. */
    public int code() {
        return code;
    }
}
