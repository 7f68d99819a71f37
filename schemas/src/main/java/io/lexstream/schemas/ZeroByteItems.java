package io.lexstream.schemas;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Finds arrays whose items take no bytes, such as an array of nulls.
 *
 * <p>A few bytes declare billions of such items, and Avro 1.12.2 counts them one by one where it skips a field that the
 * reader does not have: one record would occupy a thread for hours.
 */
final class ZeroByteItems {
    private ZeroByteItems() {}

    static boolean in(Schema schema) {
        return in(schema, new HashSet<>());
    }

    private static boolean in(Schema schema, Set<String> seen) {
        return switch (schema.getType()) {
            case ARRAY -> takesNoBytes(schema.getElementType(), new HashSet<>()) || in(schema.getElementType(), seen);
            case MAP -> in(schema.getValueType(), seen);
            case UNION -> schema.getTypes().stream().anyMatch(type -> in(type, seen));
            case RECORD ->
                seen.add(schema.getFullName())
                        && schema.getFields().stream().anyMatch(field -> in(field.schema(), seen));
            default -> false;
        };
    }

    /** @param open records being looked into: one that holds itself without a union has no finite value at all */
    private static boolean takesNoBytes(Schema schema, Set<String> open) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD -> {
                if (!open.add(schema.getFullName())) {
                    yield true;
                }
                boolean empty = schema.getFields().stream().allMatch(field -> takesNoBytes(field.schema(), open));
                open.remove(schema.getFullName());
                yield empty;
            }
            default -> false;
        };
    }
}
