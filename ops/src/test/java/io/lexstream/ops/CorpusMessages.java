package io.lexstream.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The messages of the feedback corpus, in the order of its files. */
final class CorpusMessages {
    static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");

    private CorpusMessages() {}

    /** @param texts the same message by language */
    record Message(String business, String topic, Map<String, String> texts) {
        String english() {
            return texts.getOrDefault("en", "");
        }
    }

    static List<Message> all() throws IOException {
        List<Message> messages = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("corpus"), "feedback-*.jsonl")) {
            for (Path file :
                    StreamSupport.stream(files.spliterator(), false).sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    messages.add(message(new JsonMapper().readTree(line)));
                }
            }
        }
        return messages;
    }

    private static Message message(JsonNode row) {
        Map<String, String> texts = new HashMap<>();
        LANGUAGES.forEach(language -> texts.put(language, row.path(language).asText()));
        return new Message(row.path("business").asText(), row.path("topic").asText(), texts);
    }
}
