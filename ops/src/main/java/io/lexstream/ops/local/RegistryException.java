package io.lexstream.ops.local;

/** A refusal with one of Confluent's error codes, which clients know. */
final class RegistryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    RegistryException(int code, String message) {
        super(message);
        this.code = code;
    }

    static RegistryException subjectNotFound(String subject) {
        return new RegistryException(40401, "Subject '" + subject + "' not found.");
    }

    static RegistryException versionNotFound(Object version) {
        return new RegistryException(40402, "Version " + version + " not found.");
    }

    static RegistryException invalidSchema(String why) {
        return new RegistryException(42201, "Invalid schema: " + why);
    }

    /** Three digits are the HTTP status itself; five digits start with it. */
    int code() {
        return code;
    }

    int httpStatus() {
        return code < 1000 ? code : code / 100;
    }
}
