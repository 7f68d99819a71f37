package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.lexstream.model.ModelPackage;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.PackedWeights;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.onnx.Tensors;
import io.lexstream.schemas.FileRole;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.vocabulary.TokenizerJson;
import io.lexstream.trainer.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A package of this trainer that another training goes on from; its sizes must be those that are asked for.
 *
 * @param weights by name
 */
record StartingPoint(Vocabulary vocabulary, Map<String, float[]> weights) {
    /** @throws DataException if the package is none that this trainer can go on from */
    static StartingPoint of(ModelPackage from) throws IOException {
        if (from.file(FileRole.ADAPTER).isPresent()) {
            throw new DataException(from.version() + " cannot be gone on from: it has an adapter");
        }
        Map<String, float[]> weights = new HashMap<>();
        try {
            for (FileRole role : List.of(FileRole.ENCODER, FileRole.DECODER)) {
                weights.putAll(weights(GraphFile.read(file(from, role))));
            }
            Path tokenizer = from.file(FileRole.TARGET_TOKENIZER).orElse(file(from, FileRole.TOKENIZER));
            return new StartingPoint(TokenizerJson.read(Files.readAllBytes(tokenizer)), weights);
        } catch (GraphException e) {
            throw new DataException(from.version() + " cannot be gone on from: " + e.getMessage(), e);
        }
    }

    /** What training changes of a graph that is stored, as a reader of it gets it. */
    static Map<String, float[]> weights(ModelProto stored) {
        Map<String, float[]> weights = new HashMap<>();
        PackedWeights.unpack(stored).getGraph().getInitializerList().forEach(tensor -> {
            if (Seq2SeqBuilder.isTrained(tensor.getName())) {
                weights.put(tensor.getName(), Tensors.floats(tensor));
            }
        });
        return weights;
    }

    private static Path file(ModelPackage from, FileRole role) throws DataException {
        return from.file(role)
                .orElseThrow(() -> new DataException(from.version() + " has no file with the role " + role));
    }

    Seq2SeqWeights start() {
        return Seq2SeqWeights.of(weights);
    }
}
