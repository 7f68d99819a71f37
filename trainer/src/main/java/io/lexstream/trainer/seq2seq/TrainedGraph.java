package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A graph to train, with a batch's sources and targets to logits.
 *
 * @param model as {@link Seq2SeqBuilder#training} writes it, or with an encoder before that
 * @param trained names of the initialisers that are trained
 * @param sources its inputs beside {@code decoder_input_ids} and {@code label_positions}
 */
record TrainedGraph(ModelProto model, Predicate<String> trained, SourceFeed sources) {

    /** Of a model that is trained from its token ids on. */
    static TrainedGraph whole(ModelProto model) {
        return new TrainedGraph(model, Seq2SeqBuilder::isTrained, TrainedGraph::ids);
    }

    /** {@code input_ids} and {@code attention_mask}, [rows, longest source] each. */
    static void ids(PairBatch batch, TensorBackend backend, Map<String, Tensor> inputs) {
        inputs.put(
                Seq2SeqBuilder.INPUT_IDS,
                backend.longs(batch.sourceIds(), batch.rows(), batch.longestSource()));
        mask(batch, backend, inputs);
    }

    static void mask(PairBatch batch, TensorBackend backend, Map<String, Tensor> inputs) {
        inputs.put(
                Seq2SeqBuilder.ATTENTION_MASK,
                backend.longs(batch.sourceMask(), batch.rows(), batch.longestSource()));
    }
}
