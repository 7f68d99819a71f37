package io.lexstream.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** No schema registry answered in time; the same call may succeed later. */
public final class RegistryUnavailableException extends SerializationException {
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
