package io.lexstream.trainer;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.LoraAdapter;
import io.lexstream.onnx.LoraMerge;
import io.lexstream.onnx.Tensors;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A version to go on training from, as far as training needs it.
 *
 * @param adapter its low-rank matrices; empty if it has none beside {@code graph}
 */
record TunedParent(ModelPackage version, Path graph, Path tokenizer, Optional<LoraAdapter> adapter, LinearHead head) {
    static TunedParent of(ModelPackage parent) throws IOException, ModelRejectedException {
        Optional<Path> head = parent.file(FileRole.HEAD);
        Optional<Path> graph = parent.file(FileRole.GRAPH);
        Optional<Path> tokenizer = parent.file(FileRole.TOKENIZER);
        if (head.isEmpty() || graph.isEmpty() || tokenizer.isEmpty()) {
            throw new ModelRejectedException(
                    parent.version() + " is not an encoder with a head: it cannot be trained on");
        }
        try {
            Optional<Path> adapter = parent.file(FileRole.ADAPTER);
            return new TunedParent(
                    parent,
                    graph.get(),
                    tokenizer.get(),
                    adapter.isEmpty() ? Optional.empty() : Optional.of(LoraAdapter.read(adapter.get())),
                    head(parent.manifest(), GraphFile.read(head.get())));
        } catch (GraphException e) {
            throw new ModelRejectedException(parent.version() + ": " + e.getMessage(), e);
        }
    }

    /** The same without an adapter: its matrices are in the weights of a graph that is written to {@code place}. */
    TunedParent merged(Path place) throws IOException, ModelRejectedException {
        if (adapter.isEmpty()) {
            return this;
        }
        try {
            Files.write(
                    place, LoraMerge.merge(GraphFile.read(graph), adapter.get()).toByteArray());
        } catch (GraphException e) {
            throw new ModelRejectedException(version.version() + ": " + e.getMessage(), e);
        }
        return new TunedParent(version, place, tokenizer, Optional.empty(), head);
    }

    ModelManifest manifest() {
        return version.manifest();
    }

    ModelFile entry(FileRole role) {
        return version.entry(role).orElseThrow();
    }

    private static LinearHead head(ModelManifest manifest, ModelProto graph) throws ModelRejectedException {
        List<String> labels = manifest.getLabels();
        float[][] weights = new float[0][];
        float[] bias = new float[0];
        for (TensorProto tensor : graph.getGraph().getInitializerList()) {
            float[] values = Tensors.floats(tensor);
            if (tensor.getDimsCount() == 2 && tensor.getDims(1) == labels.size()) {
                weights = Tensors.rows(values, labels.size());
            } else if (tensor.getDimsCount() == 1 && tensor.getDims(0) == labels.size()) {
                bias = values;
            }
        }
        if (weights.length == 0 || bias.length == 0) {
            throw new ModelRejectedException(manifest.getTask() + "@" + manifest.getVersion()
                    + ": its head is not one linear layer for " + labels.size() + " labels");
        }
        return new LinearHead(labels, weights, bias);
    }
}
