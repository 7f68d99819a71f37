package io.lexstream.schemas;

/** The schema registry knows no such subject, version, schema or id (error codes 40401, 40402, 40403). */
public final class SchemaNotFoundException extends RegistryException {
    public SchemaNotFoundException(String message, int code) {
        super(message, 404, code);
    }
}
