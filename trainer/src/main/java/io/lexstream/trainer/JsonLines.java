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
    private final RowSink sink;

    JsonLines(ReadOptions options, RowSink sink) {
        this.options = options;
        this.sink = sink;
    }

    void read(byte[] content) {
        long line = 0;
        int start = 0;
        while (start <= content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            line++;
            String row = Utf8.decode(content, start, end - start);
            if (row == null) {
                sink.skip(line, "not UTF-8");
            } else if (!row.isBlank()) {
                readRow(line, row);
            }
            start = end + 1;
        }
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
        if (parts.isEmpty()) {
            sink.skip(line, "no string \"" + String.join("\" or \"", options.textColumns()) + "\"");
        } else if (!label.isTextual()) {
            sink.skip(line, "no string \"" + options.labelColumn() + "\"");
        } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(String.join("", parts))) {
            sink.skip(line, "\"" + String.join("\" or \"", options.textColumns()) + "\" holds half a surrogate pair");
        } else {
            sink.add(line, parts, label.textValue());
        }
    }
}
