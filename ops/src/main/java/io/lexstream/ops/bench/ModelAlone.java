package io.lexstream.ops.bench;

import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.Precision;
import io.lexstream.inference.TextBatch;
import io.lexstream.model.ModelPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One part of a model without Kafka and without waiting: all texts are there, a thread a core takes what is next. */
final class ModelAlone implements Contender {
    private static final int[] BUDGETS = {256, 512, 1024, 2048};
    private static final int CHUNK = 32;

    private final String name;
    private final Map<String, ModelPackage> packages;
    private final BatchSettings batch;
    private final Precision precision;
    private final boolean tokenizing;

    private ModelAlone(
            String name,
            Map<String, ModelPackage> packages,
            BatchSettings batch,
            Precision precision,
            boolean tokenizing) {
        this.name = name;
        this.packages = packages;
        this.batch = batch;
        this.precision = precision;
        this.tokenizing = tokenizing;
    }

    /** Texts to token ids and no further. */
    static ModelAlone tokenizer(Map<String, ModelPackage> packages, BatchSettings batch, Precision precision) {
        return new ModelAlone("tokenizer", packages, batch, precision, true);
    }

    /** ONNX Runtime on token ids, all of them sorted by length; the best of several budgets. */
    static ModelAlone onnx(Map<String, ModelPackage> packages, BatchSettings batch, Precision precision) {
        return new ModelAlone("onnx", packages, batch, precision, false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double textsPerSecond(List<String> texts) throws Exception {
        try (OpenModels models = new OpenModels(packages.values(), precision)) {
            return tokenizing ? tokenize(models, texts) : run(models, texts);
        }
    }

    private double tokenize(OpenModels models, List<String> texts) throws Exception {
        List<Runnable> work = new ArrayList<>();
        for (int repeat = 0; repeat < 5; repeat++) { // else it is over before it can be measured
            for (List<Integer> rows : Batches.fixed(texts.size(), CHUNK)) {
                TextBatch chunk = new TextBatch(rows.stream().map(texts::get).toList());
                work.add(() -> models.lengths(chunk));
            }
        }
        return 5 * texts.size() / seconds(work);
    }

    private double run(OpenModels models, List<String> texts) throws Exception {
        TextBatch all = new TextBatch(texts);
        int[] lengths = models.lengths(all);
        double best = 0;
        for (int budget : BUDGETS) {
            List<Runnable> work = new ArrayList<>();
            for (List<Integer> rows : Batches.sorted(lengths, budget)) {
                TextBatch selected = all.select(rows);
                work.add(0, () -> models.run(selected)); // the longest first, so that no thread is left over with one
            }
            best = Math.max(best, texts.size() / seconds(work));
        }
        return best;
    }

    private double seconds(List<Runnable> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(batch.workers());
        try {
            long start = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            work.forEach(each -> running.add(threads.submit(each)));
            for (Future<?> each : running) {
                each.get();
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            threads.shutdownNow();
        }
    }
}
