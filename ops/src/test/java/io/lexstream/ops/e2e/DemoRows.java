package io.lexstream.ops.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lexstream.trainer.LabeledText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The demo's messages with their sentiments, as people would see them. */
public final class DemoRows {
    private DemoRows() {}

    public static List<LabeledText> all() throws IOException {
        List<LabeledText> rows = new ArrayList<>();
        try (var resource = DemoRows.class.getResourceAsStream("/demo/feedback.jsonl")) {
            String lines = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : lines.lines().toList()) {
                JsonNode row = new JsonMapper().readTree(line);
                rows.add(new LabeledText(
                        row.get("text").asText(), row.get("sentiment").asText()));
            }
        }
        return rows;
    }
}
