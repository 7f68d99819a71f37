package io.lexstream.ops.bench;

import io.lexstream.generation.Decoding;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.GeneratorPackage;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.Precision;
import io.lexstream.inference.TranslationLanguages;
import io.lexstream.language.Masks;
import io.lexstream.language.Sentences;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.ops.bench.GeneratorAlone.Way;
import io.lexstream.schemas.FileRole;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A model that translates or summarizes: alone in batches of several sizes, in both precisions, with and without its
 * cache, and in the pipeline.
 */
public final class WritingBenchmark implements AutoCloseable {
    private static final int LARGEST = 32;
    private static final List<Integer> BATCHES = List.of(1, 8, LARGEST);
    private static final List<Integer> BUDGETS = List.of(512, 2048, 8192);
    /** Tokens that are written with and without a cache, if the model can write so many. */
    private static final int FORCED_TOKENS = 64;

    private static final int FORCED_UNITS = 64;

    private final BenchStage stage;
    private final ModelPackage model;
    private final Precision precision;
    private final int rounds;
    private final PrintWriter progress;
    private final BatchSettings batch =
            BatchSettings.forCpu(Runtime.getRuntime().availableProcessors());

    private WritingBenchmark(
            BenchStage stage, ModelPackage model, Precision precision, int rounds, PrintWriter progress) {
        this.stage = stage;
        this.model = model;
        this.precision = precision;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Whether the package is for this benchmark. */
    public static boolean isFor(ModelPackage model) {
        String kind = model.manifest().getKind();
        return kind.equals("translation") || kind.equals("summary");
    }

    /**
     * Starts a broker and a registry, and publishes the model.
     *
     * @param directory where the data is kept meanwhile
     */
    public static WritingBenchmark open(
            Path directory, ModelPackage model, Precision precision, int rounds, PrintWriter progress)
            throws Exception {
        Precision serving = precision.admittedBy(model.manifest());
        BenchStage stage = BenchStage.open(directory, Map.of(model.version().task(), model), precision);
        return new WritingBenchmark(stage, model, serving, rounds, progress);
    }

    /** @param count texts of a round */
    public WritingReport run(int count) throws Exception {
        Optional<TranslationLanguages> languages = languages();
        boolean translates = model.manifest().getKind().equals("translation");
        List<String> texts = translates
                ? WritingTexts.in(languages.map(TranslationLanguages::sources).orElse(Set.of()), count)
                : WritingTexts.toSummarise(count);
        List<String> units = languages.isPresent() ? sentences(texts, languages.get()) : texts;
        List<String> few = every(units, FORCED_UNITS);
        Generator generator = generator();

        List<GeneratorAlone> batches = generator.exists ? batches() : List.of();
        List<GeneratorAlone> caches = generator.hasCache ? caches(generator.forced) : List.of();
        List<Rounds.Turn> turns = new ArrayList<>();
        batches.forEach(contender -> turns.add(new Rounds.Turn(contender, units)));
        caches.forEach(contender -> turns.add(new Rounds.Turn(contender, few)));
        wholes(generator.exists).forEach(contender -> turns.add(new Rounds.Turn(contender, texts)));
        Pipeline pipeline = new Pipeline(WritingReport.PIPELINE, stage, stage.tasks());
        turns.add(new Rounds.Turn(pipeline, texts));

        Map<String, Double> medians =
                new Rounds(rounds, progress).medians(model.version().task(), turns);
        Map<String, Double> tokens = new LinkedHashMap<>();
        batches.forEach(contender -> tokens.put(contender.name(), contender.tokensPerText()));
        caches.forEach(contender -> tokens.put(contender.name(), contender.tokensPerText()));
        double half = medians.getOrDefault(WritingReport.PIPELINE, Double.NaN) / 2;
        progress.printf("latency at %.1f texts/s%n", half);
        progress.flush();
        Latencies latencies = pipeline.latencies(texts, half);
        OptionalDouble rowBytes = generator.exists
                ? RowMemory.bytesPerRow(model, precision == Precision.INT8, few, generator.forced)
                : OptionalDouble.empty();
        WritingReport.Work work = new WritingReport.Work(
                model.version().task(),
                precision.settingName(),
                texts.size(),
                languages.isPresent() ? "sentences" : "texts",
                units.size(),
                rounds,
                BATCHES,
                generator.hasCache ? generator.forced : 0);
        return new WritingReport(work, medians, tokens, latencies, rowBytes);
    }

    /**
     * What the model has within.
     *
     * @param exists whether it writes tokens at all; else it quotes
     * @param forced tokens that it is made to write where all are to write as many
     */
    private record Generator(boolean exists, boolean hasCache, int forced) {}

    private Generator generator() throws ModelRejectedException {
        if (!GeneratorPackage.is(model)) {
            return new Generator(false, false, 0);
        }
        try (Seq2SeqModel open = GeneratorPackage.open(model, false, InferenceSettings.DEFAULT)) {
            int most = open.config().decoding().maxTokens();
            return new Generator(true, open.hasCache(), Math.min(FORCED_TOKENS, most));
        }
    }

    /** In the precision that serves in batches of each size, and in the other one in the largest. */
    private List<GeneratorAlone> batches() {
        boolean int8 = precision == Precision.INT8;
        List<GeneratorAlone> batches = new ArrayList<>();
        for (int size : BATCHES) {
            batches.add(alone(WritingReport.BATCH + size, Way.asItIs(int8, size)));
        }
        batches.add(alone(WritingReport.OTHER, Way.asItIs(!int8, LARGEST)));
        return batches;
    }

    private List<GeneratorAlone> caches(int forced) {
        boolean int8 = precision == Precision.INT8;
        UnaryOperator<Decoding> cached = decoding -> decoding.withTokens(forced, forced);
        UnaryOperator<Decoding> uncached = decoding -> cached.apply(decoding).withoutCache();
        return List.of(
                alone(WritingReport.UNCACHED, new Way(int8, LARGEST, uncached)),
                alone(WritingReport.CACHED, new Way(int8, LARGEST, cached)));
    }

    private GeneratorAlone alone(String name, Way way) {
        return new GeneratorAlone(name, model, batch.workers(), way);
    }

    /** The model from text to text; in batches by count, too, if there is no generator within that could be. */
    private List<Contender> wholes(boolean generates) {
        Map<String, ModelPackage> packages = Map.of(model.version().task(), model);
        List<Contender> wholes = new ArrayList<>();
        if (!generates) {
            for (int size : BATCHES) {
                wholes.add(ModelAlone.batches(WritingReport.BATCH + size, packages, batch, precision, size));
            }
            Precision other = precision == Precision.INT8 ? Precision.FP32 : Precision.INT8;
            wholes.add(ModelAlone.batches(WritingReport.OTHER, packages, batch, other, LARGEST));
        }
        for (int budget : BUDGETS) {
            wholes.add(ModelAlone.budget(WritingReport.MODEL + budget, packages, batch, precision, budget));
        }
        return wholes;
    }

    private Optional<TranslationLanguages> languages() throws ModelRejectedException {
        Optional<Path> config = model.file(FileRole.CONFIG);
        return config.isPresent() && model.manifest().getKind().equals("translation")
                ? TranslationLanguages.read(config.get())
                : Optional.empty();
    }

    /** As the translation gives them to its model. */
    private static List<String> sentences(List<String> texts, TranslationLanguages languages) {
        return texts.stream()
                .flatMap(text -> Sentences.of(text).sentences().stream())
                .map(sentence -> languages.masks() ? Masks.mask(sentence).text() : sentence)
                .toList();
    }

    /** So many of all, evenly spread. */
    private static List<String> every(List<String> units, int count) {
        int most = Math.min(count, units.size());
        return IntStream.range(0, most)
                .mapToObj(i -> units.get((int) ((long) i * units.size() / most)))
                .toList();
    }

    @Override
    public void close() {
        stage.close();
    }
}
