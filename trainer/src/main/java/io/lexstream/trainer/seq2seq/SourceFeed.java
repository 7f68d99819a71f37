package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import java.util.Map;

/** What the graph that is trained is given of a batch's sources. */
@FunctionalInterface
interface SourceFeed {
    /** Adds the graph's inputs by name, the mask {@code attention_mask} [rows, longest source] among them. */
    void add(PairBatch batch, TensorBackend backend, Map<String, Tensor> inputs);
}
