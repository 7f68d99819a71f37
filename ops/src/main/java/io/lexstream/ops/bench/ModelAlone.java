package io.lexstream.ops.bench;

import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.Precision;
import io.lexstream.inference.TextBatch;
import io.lexstream.model.ModelPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One part of a model without Kafka and without waiting: all texts are there, a thread a core takes what is next. */
final class ModelAlone implements Contender {
    /** Budgets of padded tokens that are tried for ONNX Runtime alone. */
    static final List<Integer> BUDGETS = List.of(256, 512, 1024, 2048);

    /** What the name of each contender that is ONNX Runtime alone begins with. */
    static final String ONNX = "onnx-";

    private static final int CHUNK = 32;

    private final String name;
    private final Map<String, ModelPackage> packages;
    private final BatchSettings batch;
    private final Precision precision;
    private final Optional<Function<int[], List<List<Integer>>>> cut;

    private ModelAlone(
            String name,
            Map<String, ModelPackage> packages,
            BatchSettings batch,
            Precision precision,
            Optional<Function<int[], List<List<Integer>>>> cut) {
        this.name = name;
        this.packages = packages;
        this.batch = batch;
        this.precision = precision;
        this.cut = cut;
    }

    /** Texts to token ids and no further. */
    static ModelAlone tokenizer(Map<String, ModelPackage> packages, BatchSettings batch, Precision precision) {
        return new ModelAlone("tokenizer", packages, batch, precision, Optional.empty());
    }

    /** ONNX Runtime on token ids, all of them sorted by length and cut at {@code budget} padded tokens. */
    static ModelAlone onnx(Map<String, ModelPackage> packages, BatchSettings batch, Precision precision, int budget) {
        return budget(ONNX + budget, packages, batch, precision, budget);
    }

    /** As {@link #onnx}, under another name. */
    static ModelAlone budget(
            String name, Map<String, ModelPackage> packages, BatchSettings batch, Precision precision, int budget) {
        return new ModelAlone(
                name, packages, batch, precision, Optional.of(lengths -> Batches.sorted(lengths, budget)));
    }

    /** The models on batches of {@code count} texts of about equal length. */
    static ModelAlone batches(
            String name, Map<String, ModelPackage> packages, BatchSettings batch, Precision precision, int count) {
        return new ModelAlone(
                name, packages, batch, precision, Optional.of(lengths -> Batches.sortedFixed(lengths, count)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double textsPerSecond(List<String> texts) throws Exception {
        try (OpenModels models = new OpenModels(packages.values(), precision)) {
            return cut.isEmpty() ? tokenize(models, texts) : run(models, texts, cut.get());
        }
    }

    private double tokenize(OpenModels models, List<String> texts) throws Exception {
        List<Runnable> work = new ArrayList<>();
        for (int repeat = 0; repeat < 5; repeat++) { // else it is over before it can be measured
            for (List<Integer> rows : Batches.fixed(texts.size(), CHUNK)) {
                TextBatch chunk = new TextBatch(rows.stream().map(texts::get).toList());
                work.add(() -> models.costs(chunk));
            }
        }
        return 5 * texts.size() / AllCores.seconds(work, batch.workers());
    }

    private double run(OpenModels models, List<String> texts, Function<int[], List<List<Integer>>> batches)
            throws Exception {
        TextBatch all = new TextBatch(texts);
        List<Runnable> work = new ArrayList<>();
        for (List<Integer> rows : batches.apply(models.costs(all))) {
            TextBatch selected = all.select(rows);
            work.add(0, () -> models.run(selected)); // the longest first, so that no thread is left over with one
        }
        return texts.size() / AllCores.seconds(work, batch.workers());
    }
}
