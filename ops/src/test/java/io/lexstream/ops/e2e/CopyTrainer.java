package io.lexstream.ops.e2e;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.CandidateRequest;
import io.lexstream.trainer.CandidateTrainer;
import io.lexstream.trainer.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * As good as the champion, at once: what the gate lets through for certain, where a test is about what comes around it.
 */
record CopyTrainer(ContentStore store) implements CandidateTrainer {
    @Override
    public ModelPackage train(CandidateRequest request, Path out, Progress progress)
            throws IOException, ModelRejectedException {
        ModelManifest parent = request.parent().manifest();
        PackageWriter writer = new PackageWriter(ModelManifest.newBuilder(parent)
                .setVersion(request.version())
                .setParent(parent.getVersion())
                .setFiles(List.of())
                .setSignature("")
                .build());
        for (ModelFile file : parent.getFiles()) {
            if (file.getRole() == FileRole.GRAPH || file.getRole() == FileRole.TOKENIZER) {
                writer.refer(file);
            } else if (file.getRole() == FileRole.HEAD || file.getRole() == FileRole.ADAPTER) {
                Path own = request.parent().file(file.getRole()).orElseThrow();
                writer.add(file.getRole(), file.getPath(), Files.readAllBytes(own));
            }
        }
        return writer.write(out, store);
    }
}
