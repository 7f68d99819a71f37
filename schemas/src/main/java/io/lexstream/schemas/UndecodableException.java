package io.lexstream.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are not the record they should be; nothing but other bytes can mend that. */
public final class UndecodableException extends SerializationException {
    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
