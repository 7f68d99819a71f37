package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.autograd.TensorBackend;
import io.lexstream.trainer.tuning.Checkpoint;
import io.lexstream.trainer.tuning.CurvePoint;
import io.lexstream.trainer.tuning.DevScore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/**
 * One training of an encoder-decoder model with teacher forcing: batches of like length, AdamW, looks at the
 * development rows, checkpoints.
 *
 * <p>The batches of an epoch follow from the seed, so a run that goes on from its checkpoint sees what an uninterrupted
 * one would; where the clock ends a run, its learning rate follows the clock.
 */
final class Seq2SeqTraining {
    private static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(2);

    private final Seq2SeqModel model;
    private final List<WeightedPairs> train;
    private final DevRows dev;
    private final Seq2SeqOptions options;
    private final RateSchedule rates;
    private final Path checkpointFile;
    private final String run;
    private final Seq2SeqListener listener;
    private final LongSupplier nanoClock;

    private final RecentWeights recent;
    private final List<CurvePoint> curve = new ArrayList<>();
    private int epoch;
    private int nextBatch;
    private int steps;
    private long seen;
    private long startNanos;
    private double lossSum;
    private double lossTokens;
    private Optional<DevScore> bestScore = Optional.empty();
    private Map<String, float[]> best = Map.of();

    /**
     * What came out.
     *
     * @param weights by name
     * @param dev score of these weights on all development rows together
     * @param devByFile score by file
     * @param seen pairs trained on, repetitions counted
     */
    record Result(
            Map<String, float[]> weights,
            DevScore dev,
            Map<String, DevScore> devByFile,
            List<CurvePoint> curve,
            int steps,
            long seen,
            Duration spent) {}

    /**
     * @param backend stays the caller's
     * @param run names data, sizes and seed, so that no other run's checkpoint is taken
     * @param nanoClock time that counts towards the limit
     */
    Seq2SeqTraining(
            TensorBackend backend,
            TrainedGraph graph,
            List<WeightedPairs> train,
            List<WeightedPairs> dev,
            Seq2SeqOptions options,
            Path checkpointFile,
            String run,
            Seq2SeqListener listener,
            LongSupplier nanoClock) {
        this.model = new Seq2SeqModel(backend, graph);
        this.train = List.copyOf(train);
        this.dev = new DevRows(dev, options.batchTokens());
        this.options = options;
        this.rates = new RateSchedule(options.learningRate(), options.warmUp(), options.coolDown());
        this.checkpointFile = checkpointFile;
        this.run = run;
        this.listener = listener;
        this.nanoClock = nanoClock;
        this.recent = new RecentWeights(options.average());
    }

    /** Number of weights that are trained. */
    long parameters() {
        return model.parameters();
    }

    /**
     * Trains until the time or the steps are used up.
     *
     * @throws CancellationException if the listener says so; the checkpoint is written
     */
    Result run() throws IOException {
        startNanos = nanoClock.getAsLong();
        restore();
        long lastSaved = nanoClock.getAsLong();
        long tokensSince = lastSaved;
        long tokens = 0;
        int looked = (int) (done() * options.looks());
        while (done() < 1) {
            List<PairBatch> batches = PairBatch.epoch(train, options.batchTokens(), options.seed() * 1000 + epoch);
            while (nextBatch < batches.size() && done() < 1) {
                if (listener.stopped()) {
                    save();
                    throw new CancellationException("stopped after " + steps + " steps; the same command goes on");
                }
                PairBatch batch = batches.get(nextBatch);
                step(batch);
                tokens += batch.tokens();
                double seconds = (nanoClock.getAsLong() - tokensSince) / 1e9;
                listener.step(done(), spent(), steps, meanLoss(), tokens / Math.max(1e-9, seconds));
                if ((int) (done() * options.looks()) > looked) {
                    looked = (int) (done() * options.looks());
                    long before = nanoClock.getAsLong();
                    look();
                    tokensSince += nanoClock.getAsLong() - before;
                }
                if (nanoClock.getAsLong() - lastSaved > CHECKPOINT_EVERY.toNanos()) {
                    save();
                    lastSaved = nanoClock.getAsLong();
                }
            }
            if (nextBatch == batches.size()) {
                epoch++;
                nextBatch = 0;
            }
        }
        return result();
    }

    private void step(PairBatch batch) {
        double rate = rates.at(steps + 1, done());
        steps++;
        nextBatch++;
        seen += batch.rows();
        lossSum += model.train(batch, steps, rate, options);
        lossTokens +=
                batch.pairs().stream().mapToLong(pair -> pair.target().length).sum();
    }

    private Duration spent() {
        return Duration.ofNanos(nanoClock.getAsLong() - startNanos);
    }

    private double done() {
        double time = spent().toNanos() / (double) options.maxTime().toNanos();
        return Math.min(1, Math.max(time, steps / (double) options.maxSteps()));
    }

    private double meanLoss() {
        return lossSum / Math.max(1e-9, lossTokens);
    }

    private void look() {
        Map<String, DevScore> scores = dev.scores(model);
        DevScore together = dev.together(scores);
        Map<String, float[]> weights = model.weights();
        recent.add(weights);
        if (bestScore.isEmpty() || together.loss() < bestScore.get().loss()) {
            bestScore = Optional.of(together);
            best = weights;
        }
        CurvePoint point =
                new CurvePoint(steps, seen, meanLoss(), together.loss(), together.macroF1(), rates.at(steps, done()));
        lossSum = 0;
        lossTokens = 0;
        curve.add(point);
        Map<String, Double> losses = new LinkedHashMap<>();
        scores.forEach((name, score) -> losses.put(name, score.loss()));
        listener.looked(point, losses);
    }

    /** Of the last weights, the mean of the last looks' and the best look's, those that the development rows prefer. */
    private Result result() throws IOException {
        if (curve.isEmpty() || curve.get(curve.size() - 1).step() < steps) {
            look();
        }
        save();
        Map<String, float[]> chosen = best;
        DevScore score = bestScore.orElseThrow();
        if (recent.count() > 1) {
            Map<String, float[]> mean = recent.mean();
            model.setWeights(mean);
            DevScore averaged = dev.score(model);
            if (averaged.loss() < score.loss()) {
                chosen = mean;
                score = averaged;
            }
        }
        model.setWeights(chosen);
        return new Result(chosen, score, dev.scores(model), List.copyOf(curve), steps, seen, spent());
    }

    /** The score of the weights as they are on the development rows. */
    DevScore score() {
        return dev.score(model);
    }

    /** The score of other weights on the development rows. */
    DevScore score(Map<String, float[]> weights) {
        model.setWeights(weights);
        return dev.score(model);
    }

    private void save() throws IOException {
        Map<String, float[]> tensors = model.state();
        recent.saveTo(tensors);
        new Checkpoint(
                        run,
                        epoch,
                        nextBatch,
                        steps,
                        seen,
                        spent(),
                        lossSum,
                        lossTokens,
                        0,
                        bestScore,
                        tensors,
                        best,
                        curve)
                .write(checkpointFile);
    }

    private void restore() throws IOException {
        Optional<Checkpoint> found = Checkpoint.read(checkpointFile, run);
        if (found.isEmpty()) {
            return;
        }
        Checkpoint from = found.get();
        epoch = from.epoch();
        nextBatch = from.nextStep();
        steps = from.updates();
        seen = from.seen();
        startNanos -= from.spent().toNanos();
        lossSum = from.lossSum();
        lossTokens = from.lossWeight();
        bestScore = from.bestScore();
        best = from.best();
        curve.addAll(from.curve());
        model.restore(from.tensors());
        recent.restoreFrom(from.tensors());
        listener.resumed(steps, spent());
    }
}
