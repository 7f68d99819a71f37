package io.lexstream.schemas;

import org.apache.avro.Schema;

/**
 * One version of a subject in a schema registry.
 *
 * @param id names the schema in every record's bytes, the same in all subjects
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
