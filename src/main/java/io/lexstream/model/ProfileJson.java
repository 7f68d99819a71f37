package io.lexstream.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A {@link TrainingProfile} as JSON. */
final class ProfileJson {
    private static final int FORMAT = 1;
    private static final int MAX_BYTES = 1 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ProfileJson() {}

    static byte[] write(TrainingProfile profile) {
        ObjectNode tree = MAPPER.createObjectNode().put("format", FORMAT);
        ObjectNode labels = tree.putObject("labels");
        profile.labels().forEach(labels::put);
        profile.confidence().forEach(tree.putArray("confidence")::add);
        profile.tokens().forEach(tree.putArray("tokens")::add);
        profile.unknown().forEach(tree.putArray("unknown")::add);
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    static TrainingProfile read(byte[] json) throws ModelRejectedException {
        if (json.length > MAX_BYTES) {
            throw new ModelRejectedException("training profile has " + json.length + " bytes, more than " + MAX_BYTES);
        }
        try {
            JsonNode tree = MAPPER.readTree(json);
            JsonNode format = tree.path("format");
            if (!format.isInt() || format.intValue() != FORMAT) {
                throw new ModelRejectedException("training profile's format is " + format + ", known is " + FORMAT);
            }
            return new TrainingProfile(
                    labels(tree.path("labels")),
                    counts(tree.path("confidence"), "confidence"),
                    counts(tree.path("tokens"), "tokens"),
                    counts(tree.path("unknown"), "unknown"));
        } catch (IOException e) {
            throw new ModelRejectedException("training profile is not JSON", e);
        } catch (IllegalArgumentException e) {
            throw new ModelRejectedException("training profile: " + e.getMessage(), e);
        }
    }

    private static SortedMap<String, Long> labels(JsonNode node) throws ModelRejectedException {
        if (!node.isObject()) {
            throw new ModelRejectedException("training profile: 'labels' must be an object");
        }
        SortedMap<String, Long> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : node.properties()) {
            labels.put(label.getKey(), count(label.getValue(), "labels"));
        }
        return labels;
    }

    private static List<Long> counts(JsonNode node, String name) throws ModelRejectedException {
        if (!node.isArray()) {
            throw new ModelRejectedException("training profile: '" + name + "' must be an array");
        }
        List<Long> counts = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            counts.add(count(element, name));
        }
        return counts;
    }

    private static long count(JsonNode node, String name) throws ModelRejectedException {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() > Integer.MAX_VALUE) {
            throw new ModelRejectedException("training profile: '" + name + "' must hold counts, has " + node);
        }
        return node.longValue();
    }
}
