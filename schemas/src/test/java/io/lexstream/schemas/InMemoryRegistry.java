package io.lexstream.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** A schema registry in memory that answers what the tests ask, without a network. */
final class InMemoryRegistry implements RegistryTransport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new TreeMap<>();
    private final Map<String, ObjectNode> references = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** A client that talks to this registry only. */
    SchemaRegistryClient client() {
        RegistrySettings settings =
                RegistrySettings.of(new ClientConfig(Map.of("schema.registry.url", "http://in-memory")));
        RegistryCalls calls = new RegistryCalls(settings, this, RetryClock.SYSTEM, RandomGenerator.getDefault());
        return new SchemaRegistryClient(calls, new UnknownIds(RetryClock.SYSTEM));
    }

    /** Method and path of every request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public Answer send(RegistrySettings.Registry registry, RegistryRequest request, Duration timeout)
            throws JsonProcessingException {
        return answer(request.method(), request.path(), request.body());
    }

    Answer answer(String method, String path, String body) throws JsonProcessingException {
        requests.add(method + " " + path);
        String[] segments = Arrays.stream(path.substring(1).split("/"))
                .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
                .toArray(String[]::new);
        ObjectNode answer = answer(method, segments, JSON.readTree(body));
        int code = answer.path("error_code").asInt(200);
        JsonNode json = answer.has("list") ? answer.get("list") : answer;
        return new Answer(code >= 1000 ? code / 100 : code, json.toString());
    }

    /** Puts any JSON answer under the next free id. */
    synchronized int add(String subject, String schema) {
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    private synchronized ObjectNode answer(String method, String[] path, JsonNode body) {
        String what = method + " " + path[0] + " " + path.length;
        return switch (what) {
            case "GET schemas 3" -> byId(Integer.parseInt(path[2]));
            case "GET subjects 1" -> {
                ObjectNode answer = JSON.createObjectNode();
                subjects.keySet().forEach(answer.putArray("list")::add);
                yield answer;
            }
            case "GET subjects 4" -> version(path[1], path[3]);
            case "POST subjects 2" -> lookup(path[1], canonical(body));
            case "POST subjects 3" -> register(path[1], canonical(body));
            case "POST compatibility 5" -> compatibility(path[2], canonical(body));
            case "PUT config 2" ->
                JSON.createObjectNode()
                        .put("compatibility", body.path("compatibility").asText());
            default -> error(404, "HTTP 404 Not Found");
        };
    }

    /** A version whose schema names a record of another subject. */
    synchronized void addWithReference(String subject, String schema, String name, String other, int version) {
        add(subject, schema);
        references.put(
                schema,
                JSON.createObjectNode().put("name", name).put("subject", other).put("version", version));
    }

    private ObjectNode byId(int id) {
        if (id < 1 || id > schemas.size()) {
            return error(40403, "Schema " + id + " not found");
        }
        String schema = schemas.get(id - 1);
        ObjectNode answer = JSON.createObjectNode().put("schema", schema);
        if (references.containsKey(schema)) {
            answer.putArray("references").add(references.get(schema));
        }
        return answer;
    }

    private ObjectNode version(String subject, String version) {
        List<Integer> versions = subjects.getOrDefault(subject, List.of());
        if (versions.isEmpty()) {
            return error(40401, "Subject '" + subject + "' not found.");
        }
        int number = version.equals("latest") ? versions.size() : Integer.parseInt(version);
        int id = versions.get(number - 1);
        return JSON.createObjectNode()
                .put("subject", subject)
                .put("version", number)
                .put("id", id)
                .put("schema", schemas.get(id - 1));
    }

    private ObjectNode lookup(String subject, String schema) {
        if (!subjects.containsKey(subject)) {
            return error(40401, "Subject '" + subject + "' not found.");
        }
        int version = subjects.get(subject).indexOf(schemas.indexOf(schema) + 1) + 1;
        return version == 0 ? error(40403, "Schema not found") : version(subject, String.valueOf(version));
    }

    private ObjectNode register(String subject, String schema) {
        if (subjects.containsKey(subject)
                && !compatibility(subject, schema).path("is_compatible").asBoolean()) {
            return error(409, "Schema being registered is incompatible with an earlier schema for " + subject);
        }
        return JSON.createObjectNode().put("id", add(subject, schema));
    }

    private ObjectNode compatibility(String subject, String schema) {
        ObjectNode latest = version(subject, "latest");
        if (latest.has("error_code")) {
            return latest;
        }
        boolean compatible = SchemaCompatibility.checkReaderWriterCompatibility(
                                new Schema.Parser().parse(schema),
                                new Schema.Parser().parse(latest.get("schema").asText()))
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
        return JSON.createObjectNode().put("is_compatible", compatible);
    }

    private static String canonical(JsonNode body) {
        return new Schema.Parser().parse(body.path("schema").asText()).toString();
    }

    private static ObjectNode error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }
}
