package io.lexstream.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@link SummarySettings} as JSON, the file {@code config.json} of a package. */
public final class SummarySettingsJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private SummarySettingsJson() {}

    public static byte[] write(SummarySettings settings) {
        try {
            String json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(settings);
            return (json + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers is always JSON", e);
        }
    }

    /** @throws IllegalArgumentException saying what is wrong, if a field is missing, unknown or out of its range */
    public static SummarySettings read(byte[] json) {
        try {
            return MAPPER.readValue(json, SummarySettings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no summary settings: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading an array needs no input", e);
        }
    }
}
