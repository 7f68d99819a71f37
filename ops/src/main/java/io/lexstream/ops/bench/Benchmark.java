package io.lexstream.ops.bench;

import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.Precision;
import io.lexstream.model.ModelPackage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs all contenders in turn, round after round, so that a slow minute of the machine hits all of them; what counts is
 * each one's median. A first round is not counted: compiling Java code takes a tenth of two cores for as long.
 */
public final class Benchmark implements AutoCloseable {
    private final BenchStage stage;
    private final Map<String, ModelPackage> packages;
    private final int rounds;
    private final PrintWriter progress;

    private Benchmark(BenchStage stage, Map<String, ModelPackage> packages, int rounds, PrintWriter progress) {
        this.stage = stage;
        this.packages = packages;
        this.rounds = rounds;
        this.progress = progress;
    }

    /**
     * Starts a broker and a registry, and publishes the models.
     *
     * @param directory where the data is kept meanwhile
     * @param packages the model of each task
     * @param precision that all contenders open them in
     */
    public static Benchmark open(
            Path directory, Map<String, ModelPackage> packages, Precision precision, int rounds, PrintWriter progress)
            throws Exception {
        return new Benchmark(
                BenchStage.open(directory, packages, precision), new LinkedHashMap<>(packages), rounds, progress);
    }

    /** Measures one kind of texts. */
    public BenchReport run(String kind, List<String> texts) throws Exception {
        BatchSettings batch = BatchSettings.forCpu(Runtime.getRuntime().availableProcessors());
        List<Contender> contenders = new ArrayList<>();
        contenders.add(ModelAlone.tokenizer(packages, batch, stage.precision()));
        ModelAlone.BUDGETS.forEach(
                budget -> contenders.add(ModelAlone.onnx(packages, batch, stage.precision(), budget)));
        contenders.add(new KafkaIdentity(stage));
        contenders.add(new Pipeline("pipeline", stage, List.copyOf(packages.keySet())));
        contenders.add(new Pipeline("oneTask", stage, List.of(stage.tasks().get(0))));
        for (Baseline.Cut cut : Baseline.Cut.values()) {
            contenders.add(new Baseline(cut, stage, packages, batch));
        }
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        Instant started = Instant.now();
        int done = 0;
        for (int round = 0; round <= rounds; round++) {
            for (Contender contender : contenders) {
                double speed = contender.textsPerSecond(texts);
                if (round > 0) {
                    speeds.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                            .add(speed);
                }
                report(kind, round, contender.name(), speed, started, ++done, (rounds + 1) * contenders.size());
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        speeds.forEach((name, values) -> medians.put(name, median(values)));
        return new BenchReport(
                kind,
                texts.size(),
                rounds,
                medians,
                PaddingShare.of(packages.values().iterator().next(), batch, texts));
    }

    @Override
    public void close() {
        stage.close();
    }

    private void report(String kind, int round, String name, double speed, Instant started, int done, int all) {
        long perStep = Duration.between(started, Instant.now()).toSeconds() / done;
        String which = round == 0 ? "warm-up" : "round " + round + " of " + rounds;
        progress.printf("%s, %s: %-9s %8.1f texts/s   (%d s left)%n", kind, which, name, speed, perStep * (all - done));
        progress.flush();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
