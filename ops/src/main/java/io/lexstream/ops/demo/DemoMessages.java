package io.lexstream.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lexstream.ops.records.OutgoingEvent;
import io.lexstream.schemas.TextEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The messages of the sample stream, which were written for this project. */
public final class DemoMessages {
    private static final String RESOURCE = "/demo/feedback.jsonl";
    /** Between a message's own id and what makes it unique when it is sent again. */
    private static final char ROUND_MARK = '.';

    private record Message(String id, String key, String text, String source, String language) {}

    private final Map<String, Message> byId = new LinkedHashMap<>();
    private final List<Message> inOrder;

    private DemoMessages(Iterable<String> lines) throws IOException {
        JsonMapper json = new JsonMapper();
        for (String line : lines) {
            JsonNode node = json.readTree(line);
            Message message = new Message(
                    node.path("id").asText(),
                    node.path("key").asText(),
                    node.path("text").asText(),
                    node.path("source").asText(),
                    node.path("language").asText());
            byId.put(message.id(), message);
        }
        inOrder = List.copyOf(byId.values());
    }

    public static DemoMessages load() throws IOException {
        var resource = DemoMessages.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IOException("the jar has no " + RESOURCE);
        }
        try (var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return new DemoMessages(
                    lines.lines().filter(line -> !line.isBlank()).toList());
        }
    }

    /** All texts in the order in which they flow. */
    public List<String> texts() {
        return inOrder.stream().map(Message::text).toList();
    }

    /** As {@link #texts()}, those in {@code language} only, an ISO 639-1 code. */
    public List<String> textsIn(String language) {
        return inOrder.stream()
                .filter(message -> message.language().equals(language))
                .map(Message::text)
                .toList();
    }

    /** Codes of the languages that they are in. */
    public Set<String> languages() {
        return inOrder.stream().map(Message::language).collect(Collectors.toCollection(TreeSet::new));
    }

    public int size() {
        return inOrder.size();
    }

    /**
     * The {@code number}th message to send, counted on over all rounds.
     *
     * @param run keeps the ids of one run from those of another
     */
    OutgoingEvent event(long number, String run, Instant now) {
        Message message = inOrder.get((int) (number % inOrder.size()));
        long round = number / inOrder.size() + 1;
        return new OutgoingEvent(
                Optional.of(message.key()),
                TextEvent.newBuilder()
                        .setId(message.id() + ROUND_MARK + run + ROUND_MARK + round)
                        .setText(message.text())
                        .setSource(message.source())
                        .setLanguage(message.language())
                        .setEventTime(now)
                        .setAttributes(Map.of())
                        .build());
    }

    /** The text of the event with that id, if it is one of these messages. */
    public Optional<String> text(String eventId) {
        int mark = eventId.indexOf(ROUND_MARK);
        return Optional.ofNullable(mark < 0 ? null : byId.get(eventId.substring(0, mark)))
                .map(Message::text);
    }
}
