package io.lexstream.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro's leave to load the record classes of this package, and no others.
 *
 * <p>Avro creates a class that a schema names only if its package is trusted. {@link AvroSerde} asks for that itself;
 * code that reads our records by other means (Avro files, Avro JSON, another serde) calls {@link #allow()} first.
 */
public final class TrustedRecords {
    static {
        String ours = TrustedRecords.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(ours)));
    }

    private TrustedRecords() {}

    /** Trusts this package from here on, in the whole process. */
    public static void allow() {
        // The class initialiser has done it, once.
    }
}
