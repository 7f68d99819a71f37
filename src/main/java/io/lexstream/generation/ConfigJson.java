package io.lexstream.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lexstream.model.ModelRejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Values of Hugging Face configuration objects, the first one that has a key counts. Null is as good as missing. */
final class ConfigJson {
    private static final long MAX_BYTES = 4 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final List<JsonNode> objects;

    ConfigJson(List<JsonNode> objects) {
        this.objects = List.copyOf(objects);
    }

    static JsonNode read(Path file) throws ModelRejectedException {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelRejectedException(name + " is larger than " + MAX_BYTES + " bytes");
            }
            JsonNode tree = JSON.readTree(Files.readAllBytes(file));
            if (!tree.isObject()) {
                throw new ModelRejectedException(name + " is no JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new ModelRejectedException(name + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelRejectedException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    Optional<JsonNode> find(String key) {
        return objects.stream()
                .map(object -> object.path(key))
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .findFirst();
    }

    OptionalInt integer(String key) throws ModelRejectedException {
        Optional<JsonNode> found = find(key);
        return found.isPresent() ? OptionalInt.of(integer(key, found.get())) : OptionalInt.empty();
    }

    int integer(String key, int fallback) throws ModelRejectedException {
        return integer(key).orElse(fallback);
    }

    double number(String key, double fallback) throws ModelRejectedException {
        Optional<JsonNode> found = find(key);
        if (found.isEmpty()) {
            return fallback;
        }
        require(found.get().isNumber(), key, "a number", found.get());
        return found.get().doubleValue();
    }

    boolean isTrue(String key, boolean fallback) throws ModelRejectedException {
        Optional<JsonNode> found = find(key);
        if (found.isEmpty()) {
            return fallback;
        }
        require(found.get().isBoolean(), key, "true or false", found.get());
        return found.get().booleanValue();
    }

    String text(String key, String fallback) throws ModelRejectedException {
        Optional<JsonNode> found = find(key);
        if (found.isEmpty()) {
            return fallback;
        }
        require(found.get().isTextual(), key, "a string", found.get());
        return found.get().textValue();
    }

    /** One id, or a list of them. */
    List<Integer> integers(String key) throws ModelRejectedException {
        Optional<JsonNode> found = find(key);
        return found.isPresent() ? integers(key, found.get()) : List.of();
    }

    List<List<Integer>> sequences(String key) throws ModelRejectedException {
        List<List<Integer>> sequences = new ArrayList<>();
        Optional<JsonNode> found = find(key);
        if (found.isPresent()) {
            require(found.get().isArray(), key, "a list of lists of token ids", found.get());
            for (JsonNode sequence : found.get()) {
                require(sequence.isArray() && !sequence.isEmpty(), key, "a list of lists of token ids", sequence);
                sequences.add(integers(key, sequence));
            }
        }
        return sequences;
    }

    private static List<Integer> integers(String key, JsonNode value) throws ModelRejectedException {
        if (!value.isArray()) {
            return List.of(integer(key, value));
        }
        List<Integer> integers = new ArrayList<>();
        for (JsonNode element : value) {
            integers.add(integer(key, element));
        }
        return integers;
    }

    private static int integer(String key, JsonNode value) throws ModelRejectedException {
        require(
                value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0,
                key,
                "an integer >= 0",
                value);
        return value.intValue();
    }

    static void require(boolean right, String key, String expected, Object is) throws ModelRejectedException {
        if (!right) {
            String shown = is.toString();
            throw new ModelRejectedException("the configuration's '" + key + "' must be " + expected + ", is "
                    + (shown.length() > 60 ? shown.substring(0, 60) + "..." : shown));
        }
    }
}
