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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * A manifest as plain JSON, the file {@code manifest.json} of a package; and its digest.
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

    /**
     * SHA-256 (hex) of the version's content: its Avro binary form, map entries sorted, without what changes when the
     * version travels or is signed (chunk offsets, signature).
     */
    public static String digest(ModelManifest manifest) {
        ModelManifest content = withoutOffsets(manifest);
        content.setSignature("");
        var bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<>(ModelManifest.class).write(content, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return Sha256.of(bytes.toByteArray());
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
