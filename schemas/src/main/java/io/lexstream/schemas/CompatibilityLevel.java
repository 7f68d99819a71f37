package io.lexstream.schemas;

/** What a schema registry asks of a subject's next version: who must be able to read whose records. */
public enum CompatibilityLevel {
    NONE,
    /** The new schema reads records of the last one. */
    BACKWARD,
    BACKWARD_TRANSITIVE,
    /** The last schema reads records of the new one. */
    FORWARD,
    FORWARD_TRANSITIVE,
    /** Both. */
    FULL,
    FULL_TRANSITIVE
}
