package io.lexstream.ops.bench;

import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.Precision;
import io.lexstream.model.ModelPackage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pipeline of classifying tasks beside its parts alone and beside simpler designs. */
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
        Map<String, Double> medians = new Rounds(rounds, progress)
                .medians(
                        kind,
                        contenders.stream()
                                .map(contender -> new Rounds.Turn(contender, texts))
                                .toList());
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
}
