package io.lexstream.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** What a message of the feedback corpus is for; a hash of its id tells, so that adding messages moves none. */
public enum CorpusSplit {
    TRAIN,
    DEV,
    TEST;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SALT = "split";
    private static final double TRAIN_SHARE = 0.80;
    private static final double DEV_SHARE = 0.05;

    public static CorpusSplit of(String id) {
        double place = TextPlace.of(SALT, id);
        return place < TRAIN_SHARE ? TRAIN : place < TRAIN_SHARE + DEV_SHARE ? DEV : TEST;
    }

    /** The lines of this part; a line without an {@code id} is in all of them. */
    byte[] of(byte[] jsonLines) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(jsonLines.length);
        int start = 0;
        while (start < jsonLines.length) {
            int end = start;
            while (end < jsonLines.length && jsonLines[end] != '\n') {
                end++;
            }
            String line = Utf8.decode(jsonLines, start, end - start);
            String id = line == null ? null : id(line);
            if (id == null || of(id) == this) {
                kept.write(jsonLines, start, end - start);
            }
            kept.write('\n'); // an empty line in place of a kept-back one: the others keep their numbers
            start = end + 1;
        }
        return kept.toByteArray();
    }

    private static @Nullable String id(String line) {
        try {
            JsonNode id = JSON.readTree(line).path("id");
            return id.isTextual() ? id.textValue() : null;
        } catch (JsonProcessingException e) {
            return null; // whoever reads the rows counts it
        }
    }
}
