package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import io.lexstream.trainer.vocabulary.Vocabulary;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An encoder-decoder model as it is trained, with a batch's sources and targets to logits.
 *
 * @param graph with the output, and the inputs of the decoder, of {@link Seq2SeqBuilder#training}
 * @param trained names of the initialisers that training changes
 * @param sources its inputs beside those of the decoder
 * @param start the token that the decoder reads first
 * @param pad the token that targets are filled up with
 */
record TrainedGraph(GraphProto graph, Predicate<String> trained, SourceFeed sources, int start, int pad) {
    /** @param training as {@link Seq2SeqBuilder#training} writes it */
    static TrainedGraph ours(ModelProto training) {
        return ours(training, Seq2SeqBuilder::isTrained, TrainedGraph::ids);
    }

    /** With our decoder and vocabulary behind whichever encoder. */
    static TrainedGraph ours(ModelProto training, Predicate<String> trained, SourceFeed sources) {
        return new TrainedGraph(training.getGraph(), trained, sources, Vocabulary.START, Vocabulary.PAD);
    }

    /** A model that somebody else's exporter wrote, with its own special tokens. */
    static TrainedGraph imported(GraphProto graph, Predicate<String> trained, int start, int pad) {
        return new TrainedGraph(
                graph, trained, (batch, backend, inputs) -> ids(batch, pad, backend, inputs), start, pad);
    }

    /** {@code input_ids} and {@code attention_mask}, [rows, longest source] each. */
    static void ids(PairBatch batch, TensorBackend backend, Map<String, Tensor> inputs) {
        ids(batch, Vocabulary.PAD, backend, inputs);
    }

    private static void ids(PairBatch batch, int pad, TensorBackend backend, Map<String, Tensor> inputs) {
        inputs.put(Seq2SeqBuilder.INPUT_IDS, backend.longs(batch.sourceIds(pad), batch.rows(), batch.longestSource()));
        mask(batch, backend, inputs);
    }

    static void mask(PairBatch batch, TensorBackend backend, Map<String, Tensor> inputs) {
        inputs.put(
                Seq2SeqBuilder.ATTENTION_MASK, backend.longs(batch.sourceMask(), batch.rows(), batch.longestSource()));
    }
}
