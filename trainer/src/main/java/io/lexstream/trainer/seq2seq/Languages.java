package io.lexstream.trainer.seq2seq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.FileRole;
import io.lexstream.trainer.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which languages a model translates; keys of JSON lines, too.
 *
 * @param sources ISO 639-1 codes of what it reads
 * @param target ISO 639-1 code of what it writes
 */
public record Languages(List<String> sources, String target) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Languages {
        sources = List.copyOf(sources);
        if (sources.isEmpty() || sources.contains(target) || sources.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "a model translates from some languages into another, not from " + sources + " into " + target);
        }
    }

    /** Those that a package's config.json names, where {@link ScratchConfig} writes them; empty if it does not. */
    static Optional<Languages> of(ModelPackage model) throws IOException {
        Path config = model.file(FileRole.CONFIG)
                .orElseThrow(() -> new DataException(model.version() + " has no file with the role CONFIG"));
        JsonNode section = JSON.readTree(Files.readAllBytes(config)).path("lexstream");
        List<String> sources = new ArrayList<>();
        section.path("source_languages").forEach(language -> sources.add(language.asText()));
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Languages(sources, section.path("target_language").asText()));
    }

    @Override
    public String toString() {
        return String.join(", ", sources) + " -> " + target;
    }
}
