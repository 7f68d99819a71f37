package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.trainer.vocabulary.Vocabulary;
import java.util.function.Predicate;

/**
 * An encoder-decoder model as it is trained.
 *
 * @param graph with the inputs and the output of {@link Seq2SeqBuilder#training}
 * @param trained names of the initialisers that training changes
 * @param start the token that the decoder reads first
 * @param pad the token that rows are filled up with
 */
record TrainedGraph(GraphProto graph, Predicate<String> trained, int start, int pad) {
    /** @param training as {@link Seq2SeqBuilder#training} writes it */
    static TrainedGraph ours(ModelProto training) {
        return new TrainedGraph(training.getGraph(), Seq2SeqBuilder::isTrained, Vocabulary.START, Vocabulary.PAD);
    }
}
