package io.lexstream.ops.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that the registry knows, in memory; every method is one step for all threads. */
final class SchemaState {
    private final TreeMap<String, TreeMap<Integer, RegisteredSchema>> subjects = new TreeMap<>();
    private final Map<Integer, String> schemas = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private int lastId;

    synchronized void put(RegisteredSchema schema) {
        subjects.computeIfAbsent(schema.subject(), subject -> new TreeMap<>()).put(schema.version(), schema);
        schemas.put(schema.id(), schema.schema());
        ids.putIfAbsent(schema.schema(), schema.id());
        lastId = Math.max(lastId, schema.id());
    }

    synchronized void remove(String subject, int version) {
        TreeMap<Integer, RegisteredSchema> versions = subjects.getOrDefault(subject, new TreeMap<>());
        RegisteredSchema removed = versions.remove(version);
        if (versions.isEmpty()) {
            subjects.remove(subject);
        }
        if (removed != null && all().stream().noneMatch(other -> other.id() == removed.id())) {
            schemas.remove(removed.id());
            ids.remove(removed.schema(), removed.id());
        }
    }

    synchronized void hide(String subject, int lastVersion) {
        subjects.getOrDefault(subject, new TreeMap<>())
                .headMap(lastVersion, true)
                .replaceAll((version, schema) -> schema.asDeleted());
    }

    synchronized void setLevel(String subject, Optional<CompatibilityLevel> level) {
        level.ifPresentOrElse(set -> levels.put(subject, set), () -> levels.remove(subject));
    }

    /** Every version of every subject, hidden ones too, in order. */
    synchronized List<RegisteredSchema> all() {
        List<RegisteredSchema> all = new ArrayList<>();
        subjects.values().forEach(versions -> all.addAll(versions.values()));
        return all;
    }

    /** The versions of a subject, hidden ones too, oldest first; none if it was never heard of. */
    synchronized List<RegisteredSchema> versions(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).values());
    }

    synchronized Optional<String> schema(int id) {
        return Optional.ofNullable(schemas.get(id));
    }

    /** The id of that schema, or the next free one. */
    synchronized int idFor(String schema) {
        return ids.getOrDefault(schema, lastId + 1);
    }

    synchronized Optional<CompatibilityLevel> level(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }
}
