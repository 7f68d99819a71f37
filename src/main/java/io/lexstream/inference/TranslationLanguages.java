package io.lexstream.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lexstream.model.ModelRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which languages a translation model is for: the {@code lexstream} section of its config.json, which other readers of
 * that file pass over.
 *
 * <pre>{@code
 * "lexstream": {"source_languages": ["de", "fr", "es"], "target_language": "en", "masks": true}
 * }</pre>
 *
 * @param sources ISO 639-1 codes of what it reads
 * @param target ISO 639-1 code of what it writes
 * @param masks whether it has learnt to copy placeholders, or copies them all the same; true unless the file says
 *     otherwise
 */
public record TranslationLanguages(Set<String> sources, String target, boolean masks) {
    private static final Pattern CODE = Pattern.compile("[a-z]{2,3}");
    private static final ObjectMapper JSON = new ObjectMapper();

    public TranslationLanguages {
        sources = Set.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a translation model needs a source language");
        }
        for (String language : sources) {
            requireCode(language);
        }
        requireCode(target);
        if (sources.contains(target)) {
            throw new IllegalArgumentException("the target language " + target + " is among the source languages");
        }
    }

    private static void requireCode(String language) {
        if (!CODE.matcher(language).matches()) {
            throw new IllegalArgumentException("\"" + language + "\" is no ISO 639 code");
        }
    }

    /**
     * What the file says; none if it has no such section.
     *
     * @throws ModelRejectedException if the file is no JSON, or its section is incomplete or wrong
     */
    public static Optional<TranslationLanguages> read(Path config) throws ModelRejectedException {
        try {
            JsonNode section = JSON.readTree(Files.readString(config)).path("lexstream");
            if (section.isMissingNode()) {
                return Optional.empty();
            }
            Set<String> sources = new LinkedHashSet<>();
            section.path("source_languages").forEach(language -> sources.add(language.asText()));
            String target = section.path("target_language").asText();
            return Optional.of(new TranslationLanguages(
                    sources, target, section.path("masks").asBoolean(true)));
        } catch (JsonProcessingException e) {
            throw new ModelRejectedException("config.json is no JSON", e);
        } catch (IllegalArgumentException e) {
            throw new ModelRejectedException("config.json, section lexstream: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + config, e);
        }
    }
}
