package io.lexstream.trainer.seq2seq;

import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.trainer.autograd.GraphTrainer;
import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import io.lexstream.trainer.autograd.TensorBackend.AdamState;
import io.lexstream.trainer.autograd.TensorBackend.AdamStep;
import io.lexstream.trainer.autograd.TensorBackend.LabelLoss;
import io.lexstream.trainer.tuning.DevScore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The graph that is trained, its weights and their moments; a step forward, back and on. */
final class Seq2SeqModel {
    private static final String FIRST_MOMENT = "#m";
    private static final String SECOND_MOMENT = "#v";
    private static final double BETA2 = 0.98; // as usual for Transformers from scratch (Vaswani et al. 2017)

    private final TensorBackend backend;
    private final TrainedGraph trained;
    private final GraphTrainer graph;
    private final Map<String, AdamState> states = new LinkedHashMap<>();

    /** @throws io.lexstream.trainer.autograd.UnknownOperatorException if the type of a weight is unknown */
    Seq2SeqModel(TensorBackend backend, TrainedGraph trained) {
        this.backend = backend;
        this.trained = trained;
        this.graph = new GraphTrainer(backend, trained.graph(), trained.trained(), List.of(Seq2SeqBuilder.LOGITS));
        graph.trainable().forEach((name, parameter) -> {
            states.put(name, AdamState.fresh(backend, parameter));
        });
    }

    /** Number of weights that are trained. */
    long parameters() {
        return states.values().stream()
                .mapToLong(state -> state.parameter().floats().length)
                .sum();
    }

    /**
     * Trains on one batch.
     *
     * @return the sum of the tokens' cross entropies before the step
     */
    double train(PairBatch batch, int step, double learningRate, Seq2SeqOptions options) {
        backend.beginStep(true);
        try {
            LabelLoss loss = backend.labelLoss(logits(batch), batch.labels(), options.labelSmoothing());
            if (!Double.isFinite(loss.sum())) {
                throw new IllegalStateException(
                        "the loss is no number at step " + step + ": try a lower --learning-rate");
            }
            backend.adamW(states, new AdamStep(step, learningRate, options.weightDecay(), options.clipNorm(), BETA2));
            return loss.sum();
        } finally {
            backend.endStep();
        }
    }

    /** Cross entropy a token, and the share of tokens that the model would say itself, given those before. */
    DevScore score(List<TokenPair> pairs, int batchTokens) {
        double sum = 0;
        long hits = 0;
        long labels = 0;
        for (PairBatch batch : PairBatch.inOrder(pairs, batchTokens)) {
            backend.beginStep(false);
            try {
                int[] right = batch.labels();
                LabelLoss loss = backend.labelLoss(logits(batch), right, 0);
                sum += loss.sum();
                hits += loss.hits();
                labels += right.length;
            } finally {
                backend.endStep();
            }
        }
        return new DevScore(sum / Math.max(1, labels), hits / (double) Math.max(1, labels));
    }

    /** {@code [labels, vocabulary]}, within a step. */
    Tensor logits(PairBatch batch) {
        Map<String, Tensor> inputs = new HashMap<>();
        trained.sources().add(batch, backend, inputs);
        inputs.put(
                Seq2SeqBuilder.DECODER_INPUT_IDS,
                backend.longs(batch.decoderIds(trained.start(), trained.pad()), batch.rows(), batch.longestTarget()));
        long[] positions = batch.labelPositions();
        inputs.put(Seq2SeqBuilder.LABEL_POSITIONS, backend.longs(positions, positions.length));
        Tensor logits = graph.run(inputs, null).get(Seq2SeqBuilder.LOGITS);
        if (logits == null) {
            throw new IllegalStateException("the graph gave no " + Seq2SeqBuilder.LOGITS);
        }
        return logits;
    }

    Map<String, float[]> weights() {
        Map<String, float[]> weights = new LinkedHashMap<>();
        states.forEach((name, state) -> weights.put(name, state.parameter().floats()));
        return weights;
    }

    void setWeights(Map<String, float[]> weights) {
        states.forEach((name, state) -> assign(state.parameter(), weights, name));
    }

    /** Weights and moments by name. */
    Map<String, float[]> state() {
        Map<String, float[]> tensors = weights();
        states.forEach((name, state) -> {
            tensors.put(name + FIRST_MOMENT, state.firstMoment().floats());
            tensors.put(name + SECOND_MOMENT, state.secondMoment().floats());
        });
        return tensors;
    }

    /** Takes what {@link #state} gave. */
    void restore(Map<String, float[]> tensors) {
        setWeights(tensors);
        states.forEach((name, state) -> {
            assign(state.firstMoment(), tensors, name + FIRST_MOMENT);
            assign(state.secondMoment(), tensors, name + SECOND_MOMENT);
        });
    }

    private void assign(Tensor tensor, Map<String, float[]> from, String name) {
        float[] values = from.get(name);
        if (values == null) {
            throw new IllegalArgumentException("there is no weight " + name);
        }
        backend.assign(tensor, values);
    }
}
