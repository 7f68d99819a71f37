package io.lexstream.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.model.ModelFeed;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.SignatureCheck;
import io.lexstream.model.TrustedKeys;
import io.lexstream.ops.records.RecordJson;
import io.lexstream.ops.terminal.Style;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** The published versions as lines. */
final class ModelList {
    private final ModelFeed feed;
    private final TrustedKeys trusted;
    private final Style style;

    /**
     * Of what a feed has read.
     *
     * @param feed read to its end; stays the caller's
     * @param trusted tells who signed
     */
    ModelList(ModelFeed feed, TrustedKeys trusted, Style style) {
        this.feed = feed;
        this.trusted = trusted;
        this.style = style;
    }

    List<String> lines(boolean json) {
        return feed.manifests().stream()
                .sorted(Comparator.comparing(ModelManifest::getTask).thenComparing(ModelManifest::getCreatedAt))
                .map(manifest -> json ? RecordJson.line(object(manifest)) : line(manifest))
                .toList();
    }

    private String line(ModelManifest manifest) {
        String line = String.format(
                "%s %-28s %-24s %s  %8.1f KiB  %s",
                serves(manifest) ? "*" : " ",
                ModelVersion.of(manifest),
                manifest.getName(),
                manifest.getCreatedAt().truncatedTo(ChronoUnit.SECONDS),
                ownBytes(manifest) / 1024.0,
                trusted.check(manifest));
        return serves(manifest) ? style.bold(line) : line;
    }

    private ObjectNode object(ModelManifest manifest) {
        ModelVersion version = ModelVersion.of(manifest);
        SignatureCheck signature = trusted.check(manifest);
        return JsonNodeFactory.instance
                .objectNode()
                .put("task", version.task())
                .put("version", version.version())
                .put("name", version.name())
                .put("digest", version.digest())
                .put("createdAt", manifest.getCreatedAt().toString())
                .put("bytes", ownBytes(manifest))
                .put("serving", serves(manifest))
                .put("signedBy", signature.keyId())
                .put("trusted", signature.isTrusted());
    }

    private boolean serves(ModelManifest manifest) {
        Deployment deployment = feed.deployments().get(manifest.getTask());
        return deployment != null && deployment.getChampion().equals(manifest.getVersion());
    }

    /** What it added to the topic: a base encoder's files have no chunks there. */
    private static long ownBytes(ModelManifest manifest) {
        return manifest.getFiles().stream()
                .filter(file -> !file.getChunkOffsets().isEmpty())
                .mapToLong(ModelFile::getBytes)
                .sum();
    }
}
