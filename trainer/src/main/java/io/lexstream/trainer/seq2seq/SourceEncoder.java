package io.lexstream.trainer.seq2seq;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.trainer.vocabulary.Vocabulary;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What reads the sources of a model: an encoder that is trained with it, or a pretrained one. */
interface SourceEncoder extends AutoCloseable {
    /** The token ids of each text, special ones among them. */
    List<int[]> encode(List<String> sources);

    /** Weights that know nothing of the task yet. */
    Seq2SeqWeights fresh(Vocabulary vocabulary, long seed) throws IOException;

    Seq2SeqBuilder builder(Seq2SeqShape shape, Seq2SeqWeights weights);

    /**
     * What is trained, with this encoder at its front.
     *
     * @param pairs all that it will be trained on or measured by
     */
    TrainedGraph trained(Seq2SeqBuilder builder, List<WeightedPairs> pairs) throws IOException, ModelRejectedException;

    /**
     * Adds to a package what the sources are read with, but for the ENCODER.
     *
     * @param vocabulary the target's tokenizer.json
     * @param weights that were trained
     */
    void addTo(PackageWriter writer, byte[] vocabulary, Map<String, float[]> weights);

    /** Tells it apart from others. */
    String identity();

    @Override
    void close() throws IOException;
}
