package io.lexstream.ops.local;

/**
 * One version of a subject.
 *
 * @param version counts from 1 within the subject
 * @param id the schema's own number; equal schemas share it across subjects
 * @param schema Avro JSON as Avro prints it, so that equal schemas are equal strings
 * @param deleted hidden, but readers of old records still find it by its id
 */
record RegisteredSchema(String subject, int version, int id, String schema, boolean deleted) {
    RegisteredSchema asDeleted() {
        return new RegisteredSchema(subject, version, id, schema, true);
    }
}
