package io.lexstream.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A client of Confluent's schema registry protocol, for Avro; safe for many threads.
 *
 * <p>Every call may throw {@link RegistryException} (the registry said no) or {@link RegistryUnavailableException} (no
 * registry answered within {@code schema.registry.retry.timeout.ms}, 30 s by default). What a registry never takes back
 * is asked once: which schema an id names, and which id a subject's schema has.
 */
public final class SchemaRegistryClient {
    private record SubjectSchema(String subject, Schema schema) {}

    private final RegistryCalls calls;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<SubjectSchema, Integer> registered = new ConcurrentHashMap<>();
    private final Map<SubjectSchema, Integer> found = new ConcurrentHashMap<>();
    private final UnknownIds unknownIds;

    SchemaRegistryClient(RegistryCalls calls, UnknownIds unknownIds) {
        this.calls = calls;
        this.unknownIds = unknownIds;
    }

    /** A client configured with Confluent's keys: schema.registry.url, basic.auth.*, schema.registry.ssl.* ... */
    public static SchemaRegistryClient of(Map<String, ?> config) {
        RegistrySettings settings = RegistrySettings.of(new ClientConfig(config));
        RegistryCalls calls = new RegistryCalls(
                settings, new HttpTransport(settings), RetryClock.SYSTEM, RandomGenerator.getDefault());
        return new SchemaRegistryClient(calls, new UnknownIds(RetryClock.SYSTEM));
    }

    /**
     * The schema that {@code id} names.
     *
     * @throws SchemaNotFoundException if there is none
     * @throws UndecodableException if it is no Avro schema
     */
    public Schema getById(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        unknownIds.check(id);
        try {
            JsonNode answer = calls.call(RegistryRequest.get("/schemas/ids/" + id, "schema id " + id));
            Schema schema = parse(answer, "schema id " + id);
            schemas.put(id, schema);
            return schema;
        } catch (SchemaNotFoundException e) {
            unknownIds.add(id, e);
            throw e;
        }
    }

    /** The id of {@code schema} under {@code subject}, which gets it as a new version if it has not got it yet. */
    public int register(String subject, Schema schema) {
        Integer known = registered.get(new SubjectSchema(subject, schema));
        return known != null ? known : remember(registered, subject, schema, subjectPath(subject) + "/versions");
    }

    /** The id of {@code schema} under {@code subject}, which must have it already. */
    public int lookup(String subject, Schema schema) {
        Integer known = found.get(new SubjectSchema(subject, schema));
        return known != null ? known : remember(found, subject, schema, subjectPath(subject));
    }

    private int remember(Map<SubjectSchema, Integer> ids, String subject, Schema schema, String path) {
        int id = integer(calls.call(post(path, subject, schema)), "id", subject);
        ids.put(new SubjectSchema(subject, schema), id);
        return id;
    }

    /** The newest version of {@code subject}. */
    public RegisteredSchema latest(String subject) {
        JsonNode answer = calls.call(RegistryRequest.get(subjectPath(subject) + "/versions/latest", about(subject)));
        return new RegisteredSchema(
                subject,
                integer(answer, "version", subject),
                integer(answer, "id", subject),
                parse(answer, about(subject)));
    }

    public List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        calls.call(RegistryRequest.get("/subjects", "all subjects")).forEach(name -> subjects.add(name.asText()));
        return subjects;
    }

    /** Whether {@code schema} may follow the newest version of {@code subject}; the first version always may. */
    public boolean isCompatible(String subject, Schema schema) {
        String path = "/compatibility" + subjectPath(subject) + "/versions/latest";
        try {
            return calls.call(post(path, subject, schema)).path("is_compatible").asBoolean();
        } catch (SchemaNotFoundException e) {
            return true;
        }
    }

    public void setCompatibility(String subject, CompatibilityLevel level) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("compatibility", level.name())
                .toString();
        calls.call(new RegistryRequest("PUT", "/config/" + RegistryRequest.segment(subject), body, about(subject)));
    }

    private static RegistryRequest post(String path, String subject, Schema schema) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("schema", schema.toString())
                .toString();
        return new RegistryRequest("POST", path, body, about(subject));
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + RegistryRequest.segment(subject);
    }

    private static String about(String subject) {
        return "subject " + subject;
    }

    private static int integer(JsonNode answer, String field, String subject) {
        if (!answer.path(field).isInt()) {
            throw new RegistryException(
                    about(subject) + ": the registry's answer has no " + field + "; is the URL a schema registry's?",
                    200,
                    200);
        }
        return answer.path(field).asInt();
    }

    private Schema parse(JsonNode answer, String about) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UndecodableException(about + " is " + type + ", not Avro");
        }
        // Other languages' registries hold schemas with defaults that Java would refuse to write; reading them is safe.
        Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
        parseReferences(answer, about, parser, new HashSet<>());
        return parse(parser, answer, about);
    }

    /** A schema may name records that other subjects hold; Avro must have seen these first. */
    private void parseReferences(JsonNode answer, String about, Schema.Parser parser, Set<String> seen) {
        for (JsonNode reference : answer.path("references")) {
            String subject = reference.path("subject").asText();
            String path = subjectPath(subject) + "/versions/"
                    + reference.path("version").asInt();
            if (seen.add(path)) {
                JsonNode referenced = calls.call(RegistryRequest.get(path, about + ", referenced " + about(subject)));
                parseReferences(referenced, about, parser, seen);
                if (!parser.getTypes().containsKey(reference.path("name").asText())) {
                    parse(parser, referenced, about);
                }
            }
        }
    }

    private static Schema parse(Schema.Parser parser, JsonNode answer, String about) {
        try {
            return parser.parse(answer.path("schema").asText());
        } catch (AvroRuntimeException | StackOverflowError e) {
            throw new UndecodableException(about + " is not a valid Avro schema", e);
        }
    }
}
