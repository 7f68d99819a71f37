package io.lexstream.trainer.tuning;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.lexstream.onnx.EncoderHeads;
import io.lexstream.onnx.LoraGraph;
import io.lexstream.trainer.autograd.GraphTrainer;
import io.lexstream.trainer.autograd.Tensor;
import io.lexstream.trainer.autograd.TensorBackend;
import io.lexstream.trainer.autograd.TensorBackend.AdamState;
import io.lexstream.trainer.autograd.TensorBackend.AdamStep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One fine-tuning of an encoder with one or several heads: AdamW, a warm-up and a straight fall of the learning rate,
 * batches of like length, the best weights by the development rows.
 *
 * <p>Repeatable: the batches of an epoch and the dropout of a step follow from the seed, so that a run that goes on
 * from its checkpoint ends as an uninterrupted one.
 */
public final class Tuning {
    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(60);
    private static final float IMPOSSIBLE = -1e9f;
    private static final String FIRST_MOMENT = "#m";
    private static final String SECOND_MOMENT = "#v";
    private static final int LEAST_LOOKS = 6;

    private final TensorBackend backend;
    private final TuningOptions options;
    private final List<TuningHead> heads;
    private final List<TokenRow> train;
    private final List<TokenRow> dev;
    private final Optional<Path> checkpointFile;
    private final String run;
    private final TuningListener listener;
    private final LongSupplier nanoClock;

    private final GraphTrainer graph;
    private final TrainableWeights chosen;
    private final boolean tokenTypes;
    private final Map<String, AdamState> states = new LinkedHashMap<>();
    private final int epochs;
    private final int rowsBetweenLooks;

    private int epoch;
    private int nextStep;
    private int updates;
    private long seen;
    private long startNanos;
    private double lossSum;
    private double lossWeight;
    private int looksWithoutGain;
    private Optional<DevScore> bestScore = Optional.empty();
    private Map<String, float[]> best = Map.of();
    private final List<CurvePoint> curve = new ArrayList<>();

    /**
     * What is trained, and how.
     *
     * @param encoder the base graph
     * @param cls as in {@link EncoderHeads#behind}
     * @param mean as in {@link EncoderHeads#behind}
     * @param start values of low-rank matrices or weights to begin with, by name; what it does not name starts fresh
     */
    public record Task(
            ModelProto encoder,
            boolean cls,
            boolean mean,
            List<TuningHead> heads,
            List<TokenRow> train,
            List<TokenRow> dev,
            Map<String, float[]> start) {}

    /**
     * @param backend stays the caller's
     * @param run names data, options and seed, so that no other run's checkpoint is taken
     * @param nanoClock time that counts towards the budget
     */
    public Tuning(
            TensorBackend backend,
            Task task,
            TuningOptions options,
            Optional<Path> checkpointFile,
            String run,
            TuningListener listener,
            LongSupplier nanoClock) {
        this.backend = backend;
        this.options = options;
        this.heads = List.copyOf(task.heads);
        this.train = List.copyOf(task.train);
        this.dev = List.copyOf(task.dev);
        this.epochs = options.epochsFor(train.size());
        this.rowsBetweenLooks =
                Math.max(options.batchTexts(), Math.min(options.devEvery(), epochs * train.size() / LEAST_LOOKS));
        this.checkpointFile = checkpointFile;
        this.run = run;
        this.listener = listener;
        this.nanoClock = nanoClock;
        this.chosen = new TrainableWeights(task.encoder.getGraph(), options);
        EncoderHeads behind = EncoderHeads.behind(task.encoder, task.cls, task.mean, options.dropout());
        heads.forEach(head -> behind.head(head.task(), head.weights(), head.bias()));
        GraphProto headed = behind.graph();
        GraphProto whole = options.method() == TuningMethod.LORA
                ? LoraGraph.attach(headed, chosen.adapted(), options.rank(), options.scale(), options.seed())
                : headed;
        this.tokenTypes =
                whole.getInputList().stream().anyMatch(input -> input.getName().equals("token_type_ids"));
        List<String> outputs =
                heads.stream().map(head -> EncoderHeads.logits(head.task())).toList();
        this.graph = new GraphTrainer(backend, whole, chosen.predicate(), outputs);
        graph.trainable().forEach((name, parameter) -> {
            float[] start = task.start.get(name);
            if (start != null) {
                backend.assign(parameter, start);
            }
            states.put(name, AdamState.fresh(backend, parameter));
        });
    }

    /** Number of weights that are trained. */
    public long parameters() {
        return states.values().stream()
                .mapToLong(state -> state.parameter().floats().length)
                .sum();
    }

    /**
     * Trains until the last epoch, the budget or the patience is used up.
     *
     * @throws TuningStopped if the listener says so
     */
    public TunedWeights run() throws IOException {
        startNanos = nanoClock.getAsLong();
        restore();
        long lastSaved = nanoClock.getAsLong();
        long lastLook = seen / rowsBetweenLooks;
        long tokens = 0;
        long tokensSince = nanoClock.getAsLong();
        for (; epoch < epochs; epoch++, nextStep = 0) {
            var steps =
                    TokenRows.epoch(train, options.batchTexts(), options.batchTokens(), options.seed() * 1000 + epoch);
            while (nextStep < steps.size()) {
                if (listener.stopped()) {
                    save();
                    throw new TuningStopped(seen);
                }
                List<TokenRows> step = steps.get(nextStep);
                update(step);
                nextStep++;
                tokens += step.stream()
                        .mapToLong(part -> (long) part.size() * part.longest())
                        .sum();
                double seconds = (nanoClock.getAsLong() - tokensSince) / 1e9;
                listener.step(done(), seen, lossSum / Math.max(1e-9, lossWeight), tokens / Math.max(1e-9, seconds));
                boolean over = done() >= 1 || (epoch == epochs - 1 && nextStep == steps.size());
                if (over || seen / rowsBetweenLooks > lastLook) {
                    lastLook = seen / rowsBetweenLooks;
                    look();
                    if (over || looksWithoutGain >= options.patience()) {
                        return result();
                    }
                }
                if (nanoClock.getAsLong() - lastSaved > CHECKPOINT_EVERY.toNanos()) {
                    save();
                    lastSaved = nanoClock.getAsLong();
                }
            }
        }
        return result();
    }

    private double done() {
        double rows = epochs == 0 ? 1 : seen / ((double) epochs * train.size());
        double time =
                (nanoClock.getAsLong() - startNanos) / (double) options.budget().toNanos();
        return Math.min(1, Math.max(rows, time));
    }

    private double learningRate() {
        return new LearningRate(options.learningRate(), options.warmUp()).at(done());
    }

    private void update(List<TokenRows> step) {
        double weight = step.stream().mapToDouble(TokenRows::weight).sum();
        int rows = step.stream().mapToInt(TokenRows::size).sum();
        seen += rows;
        updates++;
        if (weight <= 0) {
            return;
        }
        SplittableRandom random = new SplittableRandom(options.seed() * 31 + updates);
        for (int part = 0; part < step.size(); part++) {
            backend.beginStep(true);
            try {
                Tensor loss = loss(step.get(part), logits(step.get(part), random::nextDouble), weight);
                lossSum += loss.floats()[0] * weight;
                backend.backward(loss);
                if (part == step.size() - 1) {
                    backend.adamW(
                            states, new AdamStep(updates, learningRate(), options.weightDecay(), options.clipNorm()));
                }
            } finally {
                backend.endStep();
            }
        }
        lossWeight += weight;
    }

    private Tensor logits(TokenRows rows, @Nullable DoubleSupplier dropout) {
        long[] shape = {rows.size(), rows.longest()};
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("input_ids", backend.longs(rows.ids(), shape));
        inputs.put("attention_mask", backend.longs(rows.mask(), shape));
        if (tokenTypes) {
            inputs.put("token_type_ids", backend.longs(new long[rows.size() * rows.longest()], shape));
        }
        String wanted = EncoderHeads.logits(heads.get(rows.task()).task());
        Tensor logits = graph.run(inputs, dropout).get(wanted);
        if (logits == null) {
            throw new IllegalStateException("the graph gave no " + wanted);
        }
        return logits;
    }

    private Tensor loss(TokenRows rows, Tensor logits, double totalWeight) {
        int labels = rows.rows().get(0).target().length;
        float[] targets = new float[rows.size() * labels];
        float[] mask = new float[rows.size() * labels];
        float[] weights = new float[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            TokenRow row = rows.rows().get(i);
            int possible = 0;
            for (boolean each : row.possible()) {
                possible += each ? 1 : 0;
            }
            for (int label = 0; label < labels; label++) {
                mask[i * labels + label] = row.possible()[label] ? 0 : IMPOSSIBLE;
                double spread = row.possible()[label] ? options.labelSmoothing() / possible : 0;
                targets[i * labels + label] = (float) (row.target()[label] * (1 - options.labelSmoothing()) + spread);
            }
            weights[i] = (float) (row.weight() / totalWeight);
        }
        Tensor masked = backend.add(logits, backend.floats(mask, rows.size(), labels));
        return backend.crossEntropy(
                masked, backend.floats(targets, rows.size(), labels), backend.floats(weights, rows.size()));
    }

    private void look() {
        List<TokenRow> rows = new ArrayList<>();
        List<float[]> logits = new ArrayList<>();
        for (TokenRows part : TokenRows.inOrder(dev, options.batchTokens())) {
            backend.beginStep(false);
            try {
                float[] values = logits(part, null).floats();
                int labels = values.length / part.size();
                for (int i = 0; i < part.size(); i++) {
                    float[] row = new float[labels];
                    System.arraycopy(values, i * labels, row, 0, labels);
                    logits.add(row);
                }
                rows.addAll(part.rows());
            } finally {
                backend.endStep();
            }
        }
        DevScore score = DevScore.of(rows, logits);
        if (bestScore.isEmpty() || score.isBetterThan(bestScore.get())) {
            bestScore = Optional.of(score);
            looksWithoutGain = 0;
        } else {
            looksWithoutGain++;
        }
        if (score.isWithinOneErrorOf(bestScore.get(), rows.size())) {
            best = values(); // of equals the later: its learning rate was lower
        }
        CurvePoint point = new CurvePoint(
                updates, seen, lossSum / Math.max(1e-9, lossWeight), score.loss(), score.macroF1(), learningRate());
        lossSum = 0;
        lossWeight = 0;
        curve.add(point);
        listener.looked(point);
    }

    private Map<String, float[]> values() {
        Map<String, float[]> values = new LinkedHashMap<>();
        states.forEach((name, state) -> values.put(name, state.parameter().floats()));
        return values;
    }

    private TunedWeights result() throws IOException {
        if (best.isEmpty()) {
            look();
        }
        save();
        return new TunedWeights(
                best,
                options.method() == TuningMethod.LORA ? chosen.adapted() : List.of(),
                List.copyOf(curve),
                updates,
                seen);
    }

    private void save() throws IOException {
        if (checkpointFile.isEmpty()) {
            return;
        }
        Map<String, float[]> tensors = values();
        states.forEach((name, state) -> {
            tensors.put(name + FIRST_MOMENT, state.firstMoment().floats());
            tensors.put(name + SECOND_MOMENT, state.secondMoment().floats());
        });
        Duration spent = Duration.ofNanos(nanoClock.getAsLong() - startNanos);
        new Checkpoint(
                        run,
                        epoch,
                        nextStep,
                        updates,
                        seen,
                        spent,
                        lossSum,
                        lossWeight,
                        looksWithoutGain,
                        bestScore,
                        tensors,
                        best,
                        curve)
                .write(checkpointFile.get());
    }

    private void restore() throws IOException {
        Optional<Checkpoint> found =
                checkpointFile.isEmpty() ? Optional.empty() : Checkpoint.read(checkpointFile.get(), run);
        if (found.isEmpty()) {
            return;
        }
        Checkpoint from = found.get();
        epoch = from.epoch();
        nextStep = from.nextStep();
        updates = from.updates();
        seen = from.seen();
        startNanos -= from.spent().toNanos();
        lossSum = from.lossSum();
        lossWeight = from.lossWeight();
        looksWithoutGain = from.looksWithoutGain();
        bestScore = from.bestScore();
        best = from.best();
        curve.addAll(from.curve());
        states.forEach((name, state) -> {
            assign(state.parameter(), from, name);
            assign(state.firstMoment(), from, name + FIRST_MOMENT);
            assign(state.secondMoment(), from, name + SECOND_MOMENT);
        });
    }

    private void assign(Tensor tensor, Checkpoint from, String name) {
        float[] values = from.tensors().get(name);
        if (values == null) {
            throw new IllegalStateException("the checkpoint of this very run has no " + name);
        }
        backend.assign(tensor, values);
    }
}
