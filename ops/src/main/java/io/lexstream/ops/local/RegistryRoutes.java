package io.lexstream.ops.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Confluent's registry protocol: which request asks the store for what. */
final class RegistryRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaStore store;
    private final List<Route> routes = new ArrayList<>();

    RegistryRoutes(SchemaStore store) {
        this.store = store;
        add("GET", "", request -> Map.of());
        add("GET", "schemas", request -> all(request).map(RegistryRoutes::json).toList());
        add("GET", "schemas/types", request -> List.of("AVRO"));
        add("GET", "schemas/ids/*", request -> Map.of("schema", store.schema(id(request))));
        add("GET", "schemas/ids/*/schema", request -> JSON.readTree(store.schema(id(request))));
        add(
                "GET",
                "schemas/ids/*/subjects",
                request ->
                        users(request).map(RegisteredSchema::subject).distinct().toList());
        add(
                "GET",
                "schemas/ids/*/versions",
                request -> users(request).map(RegistryRoutes::place).toList());
        add(
                "GET",
                "subjects",
                request -> new TreeSet<>(
                        all(request).map(RegisteredSchema::subject).toList()));
        add(
                "POST",
                "subjects/*",
                request -> json(store.lookUp(first(request), request.schema(), request.is("deleted"))));
        add("DELETE", "subjects/*", this::deleteSubject);
        add("GET", "subjects/*/versions", request -> versions(store.versions(first(request), request.is("deleted"))));
        add("POST", "subjects/*/versions", this::register);
        add("GET", "subjects/*/versions/*", request -> json(version(request)));
        add("DELETE", "subjects/*/versions/*", this::deleteVersion);
        add(
                "GET",
                "subjects/*/versions/*/schema",
                request -> JSON.readTree(version(request).schema()));
        add("GET", "subjects/*/versions/*/referencedby", request -> List.of());
        add("POST", "compatibility/subjects/*/versions", this::compatible);
        add("POST", "compatibility/subjects/*/versions/*", this::compatibleWithOne);
        for (String path : List.of("config", "config/*")) {
            add("GET", path, request -> Map.of("compatibilityLevel", level(request)));
            add("PUT", path, this::setLevel);
            add("DELETE", path, this::unsetLevel);
        }
        for (String path : List.of("mode", "mode/*")) {
            add("GET", path, request -> Map.of("mode", "READWRITE"));
            add("PUT", path, RegistryRoutes::setMode);
        }
    }

    /** What Jackson shall write as the answer. */
    Object answer(RegistryRequest request) throws RegistryException, IOException {
        List<Route> here =
                routes.stream().filter(route -> request.isAt(route.pattern())).toList();
        for (Route route : here) {
            if (route.method().equals(request.method())) {
                return route.handler().answer(request);
            }
        }
        throw here.isEmpty()
                ? new RegistryException(404, "HTTP 404 Not Found")
                : new RegistryException(405, "HTTP 405 Method Not Allowed");
    }

    private Object register(RegistryRequest request) throws RegistryException, IOException {
        if (request.body().path("id").asInt() > 0) {
            throw new RegistryException(
                    42205, "Subject " + first(request) + " is not in import mode: ids are given here");
        }
        return Map.of("id", store.register(first(request), request.schema()).id());
    }

    private Object deleteSubject(RegistryRequest request) throws RegistryException, IOException {
        String subject = first(request);
        return versions(request.is("permanent") ? store.remove(subject) : store.delete(subject));
    }

    private Object deleteVersion(RegistryRequest request) throws RegistryException, IOException {
        String subject = first(request);
        VersionName name = VersionName.parse(request.path().get(3));
        return (request.is("permanent") ? store.remove(subject, name) : store.delete(subject, name)).version();
    }

    private Object compatible(RegistryRequest request) throws RegistryException {
        return verdict(request, store.objections(request.path().get(2), request.schema()));
    }

    private Object compatibleWithOne(RegistryRequest request) throws RegistryException {
        VersionName name = VersionName.parse(request.path().get(4));
        return verdict(request, store.objections(request.path().get(2), request.schema(), name));
    }

    private static Object verdict(RegistryRequest request, List<String> objections) {
        return request.is("verbose")
                ? Map.of("is_compatible", objections.isEmpty(), "messages", objections)
                : Map.of("is_compatible", objections.isEmpty());
    }

    private CompatibilityLevel level(RegistryRequest request) throws RegistryException {
        String subject = subjectOrGlobal(request);
        if (subject.equals(SchemaChange.GLOBAL) || request.is("defaultToGlobal")) {
            return store.level(subject);
        }
        return store.ownLevel(subject)
                .orElseThrow(() -> new RegistryException(
                        40408, "Subject '" + subject + "' does not have subject-level compatibility configured"));
    }

    private Object setLevel(RegistryRequest request) throws RegistryException, IOException {
        CompatibilityLevel level =
                CompatibilityLevel.of(request.body().path("compatibility").asText());
        store.setLevel(subjectOrGlobal(request), Optional.of(level));
        return Map.of("compatibility", level);
    }

    private Object unsetLevel(RegistryRequest request) throws RegistryException, IOException {
        CompatibilityLevel unset = level(request);
        store.setLevel(subjectOrGlobal(request), Optional.empty());
        return Map.of("compatibilityLevel", unset);
    }

    private static Object setMode(RegistryRequest request) throws RegistryException {
        String mode = request.body().path("mode").asText();
        if (!mode.equals("READWRITE")) {
            throw new RegistryException(42204, "Invalid mode '" + mode + "'. This registry knows READWRITE only");
        }
        return Map.of("mode", mode);
    }

    private Stream<RegisteredSchema> all(RegistryRequest request) {
        String prefix = request.query().getOrDefault("subjectPrefix", "");
        return store.all(request.is("deleted")).stream()
                .filter(each -> each.subject().startsWith(prefix));
    }

    /** The versions that have the schema which the path names by its id. */
    private Stream<RegisteredSchema> users(RegistryRequest request) throws RegistryException {
        int id = id(request);
        store.schema(id);
        return store.all(request.is("deleted")).stream().filter(each -> each.id() == id);
    }

    private RegisteredSchema version(RegistryRequest request) throws RegistryException {
        VersionName name = VersionName.parse(request.path().get(3));
        return store.version(first(request), name, request.is("deleted"));
    }

    private static int id(RegistryRequest request) throws RegistryException {
        try {
            return Integer.parseInt(request.path().get(2));
        } catch (NumberFormatException e) {
            throw new RegistryException(404, "HTTP 404 Not Found");
        }
    }

    private static String first(RegistryRequest request) {
        return request.path().get(1);
    }

    private static String subjectOrGlobal(RegistryRequest request) {
        return request.path().size() == 1 ? SchemaChange.GLOBAL : first(request);
    }

    private static List<Integer> versions(List<RegisteredSchema> schemas) {
        return schemas.stream().map(RegisteredSchema::version).toList();
    }

    private static Map<String, Object> place(RegisteredSchema schema) {
        return Map.of("subject", schema.subject(), "version", schema.version());
    }

    private static Map<String, Object> json(RegisteredSchema schema) {
        return Map.of(
                "subject", schema.subject(),
                "version", schema.version(),
                "id", schema.id(),
                "schema", schema.schema());
    }

    private void add(String method, String path, Handler handler) {
        routes.add(new Route(method, path.isEmpty() ? List.of() : List.of(path.split("/", -1)), handler));
    }

    private record Route(String method, List<String> pattern, Handler handler) {}

    private interface Handler {
        Object answer(RegistryRequest request) throws RegistryException, IOException;
    }
}
