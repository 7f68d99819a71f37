package io.lexstream.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A data file of one JSON object a line; keys that nobody asked for are ignored. */
final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final ReadOptions options;
    private final RowSink<?> sink;

    JsonLines(ReadOptions options, RowSink<?> sink) {
        this.options = options;
        this.sink = sink;
    }

    void read(byte[] content) {
        TextLines.read(content, sink, this::readRow);
    }

    private void readRow(long line, String row) {
        JsonNode json;
        try {
            json = JSON.readTree(row);
        } catch (JsonProcessingException e) {
            sink.skip(line, "not JSON");
            return;
        }
        if (!json.isObject()) {
            sink.skip(line, "not a JSON object");
            return;
        }
        List<String> parts = new ArrayList<>();
        for (String key : options.textColumns()) {
            JsonNode part = json.path(key);
            if (part.isTextual()) {
                parts.add(part.textValue());
            }
        }
        JsonNode label = json.path(options.labelColumn());
        String keys = "\"" + String.join("\" or \"", options.textColumns()) + "\"";
        String labelKey = "\"" + options.labelColumn() + "\"";
        if (parts.isEmpty()) {
            sink.skip(line, "no string " + keys);
        } else if (!label.isTextual()) {
            sink.skip(line, "no string " + labelKey);
        } else if (isBroken(String.join("", parts))) {
            sink.skip(line, keys + " holds half a surrogate pair");
        } else if (isBroken(label.textValue())) {
            sink.skip(line, labelKey + " holds half a surrogate pair");
        } else {
            sink.add(line, parts, label.textValue());
        }
    }

    private static boolean isBroken(String text) {
        return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
