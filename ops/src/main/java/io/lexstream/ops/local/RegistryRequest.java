package io.lexstream.ops.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * One request to the registry.
 *
 * @param path its segments, decoded
 * @param query its parameters, the last one of a name
 * @param body an object; an empty one if the request has no body
 */
record RegistryRequest(String method, List<String> path, Map<String, String> query, JsonNode body) {
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    RegistryRequest {
        path = List.copyOf(path);
        query = Map.copyOf(query);
    }

    static RegistryRequest read(HttpExchange exchange) throws RegistryException, IOException {
        URI uri = exchange.getRequestURI();
        return new RegistryRequest(exchange.getRequestMethod(), path(uri), query(uri), body(exchange));
    }

    private static List<String> path(URI uri) throws RegistryException {
        List<String> segments = new ArrayList<>();
        for (String segment : uri.getRawPath().split("/", -1)) {
            if (!segment.isEmpty()) {
                // A plus sign means a blank in parameters only.
                segments.add(decode(segment.replace("+", "%2B")));
            }
        }
        return segments;
    }

    private static Map<String, String> query(URI uri) throws RegistryException {
        Map<String, String> query = new HashMap<>();
        if (uri.getRawQuery() == null) {
            return query;
        }
        for (String parameter : uri.getRawQuery().split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                query.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) throws RegistryException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(400, "the address is not well encoded: " + text);
        }
    }

    private static JsonNode body(HttpExchange exchange) throws RegistryException, IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (bytes.length > MAX_BODY_BYTES) {
            throw new RegistryException(413, "a request may have " + MAX_BODY_BYTES + " bytes");
        }
        if (bytes.length == 0) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body.isObject()) {
                return body;
            }
            throw new RegistryException(400, "the request's body is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new RegistryException(400, "the request's body is not JSON: " + e.getOriginalMessage());
        }
    }

    /** Whether the path has this pattern, in which a star stands for any one segment. */
    boolean isAt(List<String> pattern) {
        if (pattern.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).equals("*") && !pattern.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether that parameter is true. */
    boolean is(String parameter) {
        return Boolean.parseBoolean(query.getOrDefault(parameter, "false"));
    }

    /** The Avro schema in the body. */
    Schema schema() throws RegistryException {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") && !type.equals("null")) {
            throw RegistryException.invalidSchema("this registry takes AVRO only, not " + type);
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryException.invalidSchema("this registry does not take references to other schemas");
        }
        if (!body.path("schema").isTextual()) {
            throw RegistryException.invalidSchema("the field 'schema' is missing");
        }
        try {
            return SchemaStore.parse(body.path("schema").textValue());
        } catch (AvroRuntimeException e) {
            throw RegistryException.invalidSchema(String.valueOf(e.getMessage()));
        }
    }
}
