package io.lexstream.generation;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.PackedWeights;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.StoredWeights;
import io.lexstream.onnx.WeightUses;
import io.lexstream.onnx.WeightUses.Use;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The graphs of an encoder-decoder model as its files have them, in whichever layout: as one graph that can be trained,
 * and the same files with the weights that came of it.
 */
public final class ServedGraphs {
    private final ModelProto encoder;
    private final ModelProto decoder;
    private final Optional<ModelProto> decoderWithPast;
    private final GraphProto training;
    private final Map<String, TensorContent> byName = new HashMap<>();
    private final Map<TensorContent, String> byContent = new HashMap<>();

    private ServedGraphs(ModelProto encoder, ModelProto decoder, Optional<ModelProto> decoderWithPast)
            throws ModelRejectedException {
        this.encoder = encoder;
        this.decoder = decoder;
        this.decoderWithPast = decoderWithPast;
        this.training = TeacherForcing.join(
                PackedWeights.floats(encoder).getGraph(),
                PackedWeights.floats(decoder).getGraph());
        for (TensorProto tensor : training.getInitializerList()) {
            TensorContent content = TensorContent.of(tensor);
            byName.put(tensor.getName(), content);
            if (content.tellsWeights()) {
                byContent.put(content, tensor.getName());
            }
        }
    }

    /** @throws ModelRejectedException if a file is no graph, or they cannot be trained together */
    public static ServedGraphs read(Seq2SeqFiles files) throws IOException, ModelRejectedException {
        if (files.base().isPresent()) {
            throw new ModelRejectedException("its encoder goes behind a base encoder, which other models share");
        }
        Optional<ModelProto> later = files.decoderWithPast().isPresent()
                ? Optional.of(read("decoder with past", files.decoderWithPast().get()))
                : Optional.empty();
        ServedGraphs graphs =
                new ServedGraphs(read("encoder", files.encoder()), read("decoder", files.decoder()), later);
        graphs.refuseStrangers();
        return graphs;
    }

    private static ModelProto read(String what, Path file) throws IOException, ModelRejectedException {
        try {
            return GraphFile.read(file);
        } catch (GraphException e) {
            throw new ModelRejectedException("the " + what + ": " + e.getMessage(), e);
        }
    }

    /**
     * Encoder and decoder as one graph with the inputs and the output of {@link Seq2SeqBuilder#training}; the name of a
     * weight tells which of both it comes from.
     */
    public GraphProto training() {
        return training;
    }

    public ModelProto encoder() {
        return encoder;
    }

    /** The one for the first step, or for all. */
    public ModelProto decoder() {
        return decoder;
    }

    public Optional<ModelProto> decoderWithPast() {
        return decoderWithPast;
    }

    /**
     * Weights that must stay as they are: another graph has them by another name, and by their content, all the same
     * number, they cannot be found there.
     */
    public Set<String> fixed() {
        Set<TensorContent> unknown = new HashSet<>();
        for (TensorProto tensor : copies()) {
            if (twin(TeacherForcing.DECODER, tensor).isEmpty()) {
                unknown.add(TensorContent.of(tensor));
            }
        }
        Set<String> own = new HashSet<>();
        copies().forEach(tensor -> own.add(TeacherForcing.DECODER + tensor.getName()));
        Set<String> fixed = new HashSet<>();
        byName.forEach((name, content) -> {
            boolean single = content.dimensions().stream().allMatch(size -> size == 1);
            boolean unclear = !content.tellsWeights() && unknown.contains(content) && !own.contains(name);
            if (unclear && !single && name.startsWith(TeacherForcing.DECODER)) {
                fixed.add(name);
            }
        });
        return fixed;
    }

    /**
     * The same graphs with other weights, in every place where a graph has a copy of one.
     *
     * @param trained by their names in {@link #training}, row-major
     */
    public ServedGraphs with(Map<String, float[]> trained) throws ModelRejectedException {
        try {
            ModelProto later = decoderWithPast.isPresent()
                    ? StoredWeights.with(decoderWithPast.get(), tensor -> find(TeacherForcing.DECODER, tensor, trained))
                    : ModelProto.getDefaultInstance();
            return new ServedGraphs(
                    StoredWeights.with(encoder, tensor -> find(TeacherForcing.ENCODER, tensor, trained)),
                    StoredWeights.with(decoder, tensor -> find(TeacherForcing.DECODER, tensor, trained)),
                    decoderWithPast.map(old -> later));
        } catch (GraphException e) {
            throw new ModelRejectedException("the trained weights cannot be stored: " + e.getMessage(), e);
        }
    }

    private Optional<float[]> find(String side, TensorProto tensor, Map<String, float[]> trained) {
        return twin(side, tensor).map(trained::get);
    }

    /** What the weight of a graph is called in the graph to train. */
    private Optional<String> twin(String side, TensorProto tensor) {
        TensorContent content = TensorContent.of(tensor);
        String name = side + tensor.getName();
        return content.equals(byName.get(name)) ? Optional.of(name) : Optional.ofNullable(byContent.get(content));
    }

    /** Weights of the decoder's other forms: the branch with a past, or the graph for all steps but the first. */
    private Iterable<TensorProto> copies() {
        return decoderWithPast.isPresent() ? StoredWeights.of(decoderWithPast.get()) : StoredWeights.of(decoder);
    }

    /** A decoder's other form that has weights of its own would be left behind by training. */
    private void refuseStrangers() throws ModelRejectedException {
        ModelProto other = PackedWeights.floats(decoderWithPast.orElse(decoder));
        Map<String, Set<Use>> uses = WeightUses.of(other.getGraph(), Set.of());
        for (TensorProto tensor : StoredWeights.of(other)) {
            Set<Use> use = uses.getOrDefault(tensor.getName(), EnumSet.noneOf(Use.class));
            boolean weight = use.contains(Use.MATRIX) || use.contains(Use.VECTOR);
            if (weight
                    && TensorContent.of(tensor).tellsWeights()
                    && twin(TeacherForcing.DECODER, tensor).isEmpty()) {
                throw new ModelRejectedException("its decoder with a past has the weight " + tensor.getName()
                        + ", which the decoder for the first step has not: they cannot be trained as one");
            }
        }
    }
}
