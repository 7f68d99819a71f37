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
import java.util.Objects;

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
                "%s %-28s %-24s %s  %8.1f KiB  %s%s",
                serves(manifest) ? "*" : isTried(manifest) ? "?" : " ",
                ModelVersion.of(manifest),
                manifest.getName(),
                manifest.getCreatedAt().truncatedTo(ChronoUnit.SECONDS),
                ownBytes(manifest) / 1024.0,
                trusted.check(manifest),
                isTried(manifest) ? "  tried: " + TrialText.of(deployment(manifest)) : "");
        return serves(manifest) ? style.bold(line) : line;
    }

    private ObjectNode object(ModelManifest manifest) {
        ModelVersion version = ModelVersion.of(manifest);
        SignatureCheck signature = trusted.check(manifest);
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("task", version.task())
                .put("version", version.version())
                .put("name", version.name())
                .put("digest", version.digest())
                .put("createdAt", manifest.getCreatedAt().toString())
                .put("bytes", ownBytes(manifest))
                .put("serving", serves(manifest))
                .put("signedBy", signature.keyId())
                .put("trusted", signature.isTrusted())
                .put("tried", isTried(manifest));
        if (isTried(manifest)) {
            object.put("mode", deployment(manifest).getMode().name())
                    .put("share", deployment(manifest).getShare());
        }
        return object;
    }

    private boolean serves(ModelManifest manifest) {
        return feed.deployments().containsKey(manifest.getTask())
                && deployment(manifest).getChampion().equals(manifest.getVersion());
    }

    private boolean isTried(ModelManifest manifest) {
        return feed.deployments().containsKey(manifest.getTask())
                && deployment(manifest).getChallenger().equals(manifest.getVersion());
    }

    private Deployment deployment(ModelManifest manifest) {
        return Objects.requireNonNull(feed.deployments().get(manifest.getTask()));
    }

    /** What it added to the topic: a base encoder's files have no chunks there. */
    private static long ownBytes(ModelManifest manifest) {
        return manifest.getFiles().stream()
                .filter(file -> !file.getChunkOffsets().isEmpty())
                .mapToLong(ModelFile::getBytes)
                .sum();
    }
}
