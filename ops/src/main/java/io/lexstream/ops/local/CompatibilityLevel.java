package io.lexstream.ops.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Who must be able to read whose records when a subject gets another version. */
enum CompatibilityLevel {
    NONE(false, false),
    BACKWARD(true, false),
    BACKWARD_TRANSITIVE(true, false),
    FORWARD(false, true),
    FORWARD_TRANSITIVE(false, true),
    FULL(true, true),
    FULL_TRANSITIVE(true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
    }

    static CompatibilityLevel of(String name) throws RegistryException {
        try {
            return valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw new RegistryException(
                    42203, "Invalid compatibility level '" + name + "'. Valid values are " + Arrays.toString(values()));
        }
    }

    /** What this level has against the candidate; empty if nothing. Earlier schemas come oldest first. */
    List<String> objections(Schema candidate, List<Schema> earlier) {
        List<String> objections = new ArrayList<>();
        for (Schema old : name().endsWith("_TRANSITIVE") ? earlier : latest(earlier)) {
            if (newReadsOld) {
                objections.addAll(whyUnreadable(candidate, old));
            }
            if (oldReadsNew) {
                objections.addAll(whyUnreadable(old, candidate));
            }
        }
        return objections;
    }

    private static List<Schema> latest(List<Schema> earlier) {
        return earlier.subList(Math.max(0, earlier.size() - 1), earlier.size());
    }

    private static List<String> whyUnreadable(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(found -> found.getType() + " at " + found.getLocation() + ": " + found.getMessage())
                .toList();
    }
}
