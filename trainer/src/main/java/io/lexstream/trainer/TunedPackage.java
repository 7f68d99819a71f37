package io.lexstream.trainer;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.model.TrainingProfile;
import io.lexstream.onnx.HeadGraph;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes a fine-tuned encoder and one of its heads as a package: low-rank matrices beside the base that they change, or
 * the whole graph.
 *
 * @param graph the base encoder's entry, where it is not carried
 */
record TunedPackage(ModelFile graph, ModelFile tokenizer, TunedEncoder tuned, ContentStore store) {
    private static final String HEAD = "head.onnx";

    /** What is written beside the model itself. */
    record Extras(Optional<String> card, Optional<TrainingProfile> profile) {
        static final Extras NONE = new Extras(Optional.empty(), Optional.empty());
    }

    /** @param manifest all but the files */
    ModelPackage write(ModelManifest manifest, LinearHead head, Extras extras, Path out)
            throws IOException, ModelRejectedException {
        PackageWriter writer = new PackageWriter(manifest);
        if (tuned.adapter().length > 0) {
            writer.refer(graph).add(FileRole.ADAPTER, "adapter.safetensors", tuned.adapter());
        } else {
            writer.add(FileRole.GRAPH, "model.onnx", tuned.graph());
        }
        writer.refer(tokenizer).add(FileRole.HEAD, HEAD, HeadGraph.linear(head.weights(), head.bias()));
        extras.profile.ifPresent(profile -> writer.add(FileRole.PROFILE, TrainingProfile.FILE_NAME, profile.toJson()));
        extras.card.ifPresent(
                card -> writer.add(FileRole.CARD, "MODEL_CARD.md", card.getBytes(StandardCharsets.UTF_8)));
        return writer.write(out, store);
    }
}
