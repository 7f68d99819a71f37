package io.lexstream.trainer.seq2seq;

import io.lexstream.generation.ServedGraphs;
import io.lexstream.inference.Precision;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Writes a package whose graphs have new weights; all else is its parent's. What the parent was measured for, golden
 * cases and int8, is not said of it.
 */
record GeneratorWriter(ModelPackage parent, ContentStore store, Instant now) {
    static {
        TrustedRecords.allow(); // a builder copies, and fills in defaults, by the schema
    }

    private static final Set<FileRole> KEPT =
            Set.of(FileRole.TOKENIZER, FileRole.TARGET_TOKENIZER, FileRole.CONFIG, FileRole.GENERATION_CONFIG);

    ModelPackage write(ServedGraphs graphs, GeneratorCard card, Path out) throws IOException, ModelRejectedException {
        ModelManifest manifest = ModelManifest.newBuilder(parent.manifest())
                .setVersion(card.version())
                .setParent(parent.version().version())
                .setCreatedAt(now)
                .setFiles(List.of())
                .setGoldenCases(List.of())
                .setPrecisions(List.of(Precision.FP32.settingName()))
                .setMetrics(card.metrics())
                .setProvenance(card.provenance())
                .setSignature("")
                .build();
        PackageWriter writer = new PackageWriter(manifest);
        for (ModelFile file : parent.manifest().getFiles()) {
            FileRole role = file.getRole();
            if (role == FileRole.ENCODER) {
                writer.add(role, file.getPath(), graphs.encoder().toByteArray());
            } else if (role == FileRole.DECODER) {
                writer.add(role, file.getPath(), graphs.decoder().toByteArray());
            } else if (role == FileRole.DECODER_WITH_PAST) {
                writer.add(
                        role,
                        file.getPath(),
                        graphs.decoderWithPast().orElseThrow().toByteArray());
            } else if (KEPT.contains(role)) {
                writer.add(role, file.getPath(), parent.file(role).orElseThrow());
            }
        }
        return writer.add(FileRole.CARD, "MODEL_CARD.md", card.markdown().getBytes(StandardCharsets.UTF_8))
                .write(out, store);
    }
}
