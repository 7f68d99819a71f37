package io.lexstream.ops.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The short messages of the demo stream: many different texts that cost little to read. */
final class AuditTexts {
    private static final String RESOURCE = "/demo/feedback.jsonl";
    private static final int MOST_CHARACTERS = 100;

    private AuditTexts() {}

    static List<String> load() throws IOException {
        var resource = AuditTexts.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IOException("the jar has no " + RESOURCE);
        }
        JsonMapper json = new JsonMapper();
        List<String> texts = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = json.readTree(line).path("text").asText();
                if (!text.isBlank() && text.length() <= MOST_CHARACTERS) {
                    texts.add(text);
                }
            }
        }
        return List.copyOf(texts);
    }
}
