package io.lexstream.ops.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.Schema;

/** The registry's rules: which schema may become which version, and which id it gets. */
final class SchemaStore {
    private final SchemaLog log;
    private volatile SchemaState state;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean inDoubt;

    private SchemaStore(SchemaLog log, SchemaState state) {
        this.log = log;
        this.state = state;
    }

    /** The store as the log describes it. */
    static SchemaStore restore(SchemaLog log) {
        return new SchemaStore(log, log.read());
    }

    /** As lenient as Confluent: defaults need not fit their types. */
    static Schema parse(String schema) {
        return new Schema.Parser().setValidateDefaults(false).parse(schema);
    }

    /** The version of the subject that holds this schema; it is added if it is new. */
    RegisteredSchema register(String subject, Schema schema) throws RegistryException, IOException {
        return write(() -> {
            Optional<RegisteredSchema> known = find(visible(subject), schema);
            if (known.isPresent()) {
                return known.get();
            }
            List<String> objections = level(subject).objections(schema, parsed(visible(subject)));
            if (!objections.isEmpty()) {
                throw new RegistryException(
                        409,
                        "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                                + "\", details: " + objections);
            }
            String text = schema.toString();
            var added = new RegisteredSchema(subject, nextVersion(subject), state.idFor(text), text, false);
            apply(new SchemaChange.Put(added));
            return added;
        });
    }

    /** The version of the subject that holds this schema. */
    RegisteredSchema lookUp(String subject, Schema schema, boolean withDeleted) throws RegistryException {
        return find(versions(subject, withDeleted), schema)
                .orElseThrow(() -> new RegistryException(40403, "Schema not found"));
    }

    /** The text of the schema with that id. */
    String schema(int id) throws RegistryException {
        return state.schema(id).orElseThrow(() -> new RegistryException(40403, "Schema " + id + " not found"));
    }

    /** All versions of all subjects, in order. */
    List<RegisteredSchema> all(boolean withDeleted) {
        return state.all().stream()
                .filter(each -> withDeleted || !each.deleted())
                .toList();
    }

    /** The versions of a subject, oldest first; at least one. */
    List<RegisteredSchema> versions(String subject, boolean withDeleted) throws RegistryException {
        List<RegisteredSchema> versions = withDeleted ? state.versions(subject) : visible(subject);
        if (versions.isEmpty()) {
            throw RegistryException.subjectNotFound(subject);
        }
        return versions;
    }

    RegisteredSchema version(String subject, VersionName name, boolean withDeleted) throws RegistryException {
        return name.of(versions(subject, withDeleted)).orElseThrow(() -> RegistryException.versionNotFound(name));
    }

    /** Hides a subject; returns the versions that were visible. */
    List<RegisteredSchema> delete(String subject) throws RegistryException, IOException {
        return write(() -> {
            List<RegisteredSchema> hidden = versions(subject, false);
            apply(new SchemaChange.SubjectDeleted(
                    subject, hidden.get(hidden.size() - 1).version()));
            if (state.level(subject).isPresent()) {
                apply(new SchemaChange.LevelSet(subject, Optional.empty()));
            }
            return hidden;
        });
    }

    RegisteredSchema delete(String subject, VersionName name) throws RegistryException, IOException {
        return write(() -> {
            RegisteredSchema hidden = version(subject, name, false);
            apply(new SchemaChange.Put(hidden.asDeleted()));
            return hidden;
        });
    }

    /** Removes a hidden subject for good. */
    List<RegisteredSchema> remove(String subject) throws RegistryException, IOException {
        return write(() -> {
            List<RegisteredSchema> removed = versions(subject, true);
            if (!visible(subject).isEmpty()) {
                throw new RegistryException(
                        40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
            }
            for (RegisteredSchema each : removed) {
                apply(new SchemaChange.Removed(subject, each.version()));
            }
            return removed;
        });
    }

    /** Removes a hidden version for good. */
    RegisteredSchema remove(String subject, VersionName name) throws RegistryException, IOException {
        return write(() -> {
            RegisteredSchema removed = version(subject, name, true);
            if (!removed.deleted()) {
                throw new RegistryException(
                        40407,
                        "Subject '" + subject + "' Version " + removed.version()
                                + " was not deleted first before being permanently deleted");
            }
            apply(new SchemaChange.Removed(subject, removed.version()));
            return removed;
        });
    }

    /** What the subject's level has against the schema as its next version. */
    List<String> objections(String subject, Schema schema) {
        return level(subject).objections(schema, parsed(visible(subject)));
    }

    /** What the subject's level has against the schema next to one version; nothing if there is no latest one yet. */
    List<String> objections(String subject, Schema schema, VersionName name) throws RegistryException {
        Optional<RegisteredSchema> other = name.of(visible(subject));
        if (other.isEmpty() && !name.isLatest()) {
            throw RegistryException.versionNotFound(name);
        }
        return level(subject).objections(schema, parsed(other.stream().toList()));
    }

    /** The level that a subject (or {@link SchemaChange#GLOBAL}) has itself. */
    Optional<CompatibilityLevel> ownLevel(String subject) {
        return state.level(subject);
    }

    /** The level that holds for a subject. */
    CompatibilityLevel level(String subject) {
        return state.level(subject).or(() -> state.level(SchemaChange.GLOBAL)).orElse(CompatibilityLevel.BACKWARD);
    }

    void setLevel(String subject, Optional<CompatibilityLevel> level) throws RegistryException, IOException {
        write(() -> {
            apply(new SchemaChange.LevelSet(subject, level));
            return level;
        });
    }

    private interface Step<R> {
        R run() throws RegistryException, IOException;
    }

    /** One writer at a time: what it decides on must still hold when it appends. Readers do not wait. */
    private <R> R write(Step<R> step) throws RegistryException, IOException {
        writing.lock();
        try {
            if (inDoubt) {
                state = log.read();
                inDoubt = false;
            }
            return step.run();
        } finally {
            writing.unlock();
        }
    }

    private void apply(SchemaChange change) throws IOException {
        try {
            log.append(change);
        } catch (IOException e) {
            inDoubt = true;
            throw e;
        }
        change.applyTo(state);
    }

    private List<RegisteredSchema> visible(String subject) {
        return state.versions(subject).stream().filter(each -> !each.deleted()).toList();
    }

    private int nextVersion(String subject) {
        List<RegisteredSchema> all = state.versions(subject);
        return all.isEmpty() ? 1 : all.get(all.size() - 1).version() + 1;
    }

    private static Optional<RegisteredSchema> find(List<RegisteredSchema> versions, Schema schema) {
        String text = schema.toString();
        return versions.stream().filter(each -> each.schema().equals(text)).findFirst();
    }

    private static List<Schema> parsed(List<RegisteredSchema> versions) {
        List<Schema> schemas = new ArrayList<>();
        for (RegisteredSchema each : versions) {
            schemas.add(parse(each.schema()));
        }
        return schemas;
    }
}
