package io.lexstream.ops.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One record of the topic {@code _schemas}, in Confluent's format: its own registry can take the topic over. */
sealed interface SchemaChange {
    /** Subject of the level that holds wherever no other is set. */
    String GLOBAL = "";

    ObjectNode key();

    /** Empty: the record deletes its key. */
    Optional<ObjectNode> value();

    void applyTo(SchemaState state);

    /** A version appears, or is hidden. */
    record Put(RegisteredSchema schema) implements SchemaChange {
        @Override
        public ObjectNode key() {
            return schemaKey(schema.subject(), schema.version());
        }

        @Override
        public Optional<ObjectNode> value() {
            return Optional.of(node().put("subject", schema.subject())
                    .put("version", schema.version())
                    .put("id", schema.id())
                    .put("schema", schema.schema())
                    .put("deleted", schema.deleted()));
        }

        @Override
        public void applyTo(SchemaState state) {
            state.put(schema);
        }
    }

    /** A version is gone for good. */
    record Removed(String subject, int version) implements SchemaChange {
        @Override
        public ObjectNode key() {
            return schemaKey(subject, version);
        }

        @Override
        public Optional<ObjectNode> value() {
            return Optional.empty();
        }

        @Override
        public void applyTo(SchemaState state) {
            state.remove(subject, version);
        }
    }

    /** All versions up to that one are hidden. */
    record SubjectDeleted(String subject, int lastVersion) implements SchemaChange {
        @Override
        public ObjectNode key() {
            return node().put("keytype", "DELETE_SUBJECT")
                    .put("subject", subject)
                    .put("magic", 0);
        }

        @Override
        public Optional<ObjectNode> value() {
            return Optional.of(node().put("subject", subject).put("version", lastVersion));
        }

        @Override
        public void applyTo(SchemaState state) {
            state.hide(subject, lastVersion);
        }
    }

    /** The compatibility level of a subject, or of all ({@link #GLOBAL}), is set; empty: it is unset. */
    record LevelSet(String subject, Optional<CompatibilityLevel> level) implements SchemaChange {
        @Override
        public ObjectNode key() {
            ObjectNode key = node().put("keytype", "CONFIG");
            if (subject.equals(GLOBAL)) {
                key.putNull("subject");
            } else {
                key.put("subject", subject);
            }
            return key.put("magic", 0);
        }

        @Override
        public Optional<ObjectNode> value() {
            return level.map(set -> node().put("compatibilityLevel", set.name()));
        }

        @Override
        public void applyTo(SchemaState state) {
            state.setLevel(subject, level);
        }
    }

    /**
     * What such a record means; empty for kinds that this registry has no use for.
     *
     * @throws RegistryException if it names a level that there is not
     */
    static Optional<SchemaChange> read(JsonNode key, @Nullable JsonNode value) throws RegistryException {
        String subject = key.path("subject").asText(GLOBAL);
        if (key.path("subject").isNull()) {
            subject = GLOBAL;
        }
        return switch (key.path("keytype").asText()) {
            case "SCHEMA" -> Optional.of(readSchema(subject, key.path("version").asInt(), value));
            case "DELETE_SUBJECT" ->
                Optional.ofNullable(value)
                        .map(last -> new SubjectDeleted(
                                last.path("subject").asText(),
                                last.path("version").asInt()));
            case "CONFIG" -> Optional.of(new LevelSet(subject, readLevel(value)));
            default -> Optional.empty();
        };
    }

    private static SchemaChange readSchema(String subject, int version, @Nullable JsonNode value) {
        if (value == null) {
            return new Removed(subject, version);
        }
        return new Put(new RegisteredSchema(
                subject,
                version,
                value.path("id").asInt(),
                value.path("schema").asText(),
                value.path("deleted").asBoolean()));
    }

    private static Optional<CompatibilityLevel> readLevel(@Nullable JsonNode value) throws RegistryException {
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(
                CompatibilityLevel.of(value.path("compatibilityLevel").asText()));
    }

    private static ObjectNode schemaKey(String subject, int version) {
        return node().put("keytype", "SCHEMA")
                .put("subject", subject)
                .put("version", version)
                .put("magic", 1);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
