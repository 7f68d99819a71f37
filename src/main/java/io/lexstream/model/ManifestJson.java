package io.lexstream.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A manifest as plain JSON, the file {@code manifest.json} of a package.
 *
 * <p>People may write the file by hand: what has a default may be left out, but nothing unknown may stand in it.
 */
public final class ManifestJson {
    /** The name of the manifest's file in a package directory. */
    public static final String FILE_NAME = "manifest.json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final DefaultPrettyPrinter PRETTY =
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    /** Where Jackson speaks to programmers. */
    private static final Pattern UNREADABLE = Pattern.compile(" \\(for .*|\\[Source.*");

    private ManifestJson() {}

    /** A manifest with the schema's defaults and without files, for whoever makes a package. */
    public static ModelManifest draft(String task, String name, String version) {
        var given =
                MAPPER.createObjectNode().put("task", task).put("name", name).put("version", version);
        given.putArray("files");
        try {
            return ManifestTree.read(given);
        } catch (ModelRejectedException e) {
            throw new IllegalStateException("all other fields have defaults", e);
        }
    }

    /** @throws ModelRejectedException naming the place, if the text is not JSON, lacks a field, or has a wrong one */
    public static ModelManifest parse(String json) throws ModelRejectedException {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new ModelRejectedException(
                    "manifest is not JSON at line " + place.getLineNr() + ", column " + place.getColumnNr() + ": "
                            + UNREADABLE.matcher(e.getOriginalMessage()).replaceAll(""),
                    e);
        }
        return ManifestTree.read(tree);
    }

    /** Pretty-printed; fields in the schema's order, map entries sorted. */
    public static String format(ModelManifest manifest) {
        try {
            return MAPPER.writer(PRETTY).writeValueAsString(ManifestTree.write(manifest)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    /** A deep copy that names no chunks. */
    static ModelManifest withoutOffsets(ModelManifest manifest) {
        ModelManifest copy = copy(manifest);
        for (ModelFile file : copy.getFiles()) {
            file.setChunkOffsets(List.of());
        }
        return copy;
    }

    /** A deep copy, map entries sorted. */
    static ModelManifest copy(ModelManifest manifest) {
        try {
            return ManifestTree.read(ManifestTree.write(manifest));
        } catch (ModelRejectedException e) {
            throw new IllegalArgumentException("manifest cannot be copied: " + e.getMessage(), e);
        }
    }
}
