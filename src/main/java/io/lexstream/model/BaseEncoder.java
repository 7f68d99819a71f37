package io.lexstream.model;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import java.util.List;

/**
 * A pretrained encoder that packages build on and name by its digest, without carrying it.
 *
 * @param name as people know it
 * @param dimensions length of a token state
 * @param pooling how its token states become one feature vector, in the manifest's words
 * @param maxTokens longest input that it was trained for
 * @param license terms of the weights
 * @param bundled whether every Lexstream has it on its class path, so that it need never travel
 * @param graphFile the ONNX graph
 * @param tokenizerFile the tokenizer.json
 */
public record BaseEncoder(
        String name,
        int dimensions,
        String pooling,
        int maxTokens,
        String license,
        boolean bundled,
        File graphFile,
        File tokenizerFile) {

    /** The entry of a manifest for the graph. */
    public ModelFile graph() {
        return graphFile.inRole(FileRole.GRAPH);
    }

    /** The entry of a manifest for the tokenizer. */
    public ModelFile tokenizer() {
        return tokenizerFile.inRole(FileRole.TOKENIZER);
    }

    /**
     * One file of a base encoder.
     *
     * @param resource its name on the class path, and its path in a package
     */
    public record File(String resource, String sha256, long bytes) {
        private ModelFile inRole(FileRole role) {
            return new ModelFile(role, resource, sha256, bytes, List.of());
        }
    }
}
