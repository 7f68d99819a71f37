package io.lexstream.ops;

import io.lexstream.trainer.seq2seq.GeneratorTuningOptions;
import io.lexstream.trainer.seq2seq.Languages;
import io.lexstream.trainer.seq2seq.Purpose;
import io.lexstream.trainer.seq2seq.ScratchRequest.Sizes;
import io.lexstream.trainer.seq2seq.Seq2SeqOptions;
import io.lexstream.trainer.tuning.TuningMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a model that writes is trained, as options; what is not given is as measured to do well for translation. */
final class GeneratorFlags {
    @Option(
            names = "--source-languages",
            split = ",",
            defaultValue = "de,fr,es",
            paramLabel = "CODE",
            description = "Translation: what the model reads; in JSON lines the keys of the texts"
                    + " (default: ${DEFAULT-VALUE}).")
    private List<String> sources = List.of();

    @Option(
            names = "--target-language",
            defaultValue = "en",
            paramLabel = "CODE",
            description = "Translation: what it writes (default: ${DEFAULT-VALUE}).")
    private String target = "";

    @Option(
            names = "--source-column",
            defaultValue = "2",
            paramLabel = "N",
            description = "Translation: which column of a table is the source, 1 or 2; the other is its translation"
                    + " (default: ${DEFAULT-VALUE}).")
    private int sourceColumn;

    @Option(
            names = "--vocabulary-size",
            paramLabel = "N",
            description = "Writing: subwords of all languages together (default: 8000).")
    private int vocabularySize = Sizes.DEFAULT.vocabulary();

    @Option(
            names = "--vocabulary",
            paramLabel = "FILE",
            description = "Writing: a tokenizer.json of an earlier training to use again.")
    private Optional<Path> vocabulary = Optional.empty();

    @Option(names = "--width", paramLabel = "N", description = "Writing: of a token's state (default: 256).")
    private int width = Sizes.DEFAULT.width();

    @Option(names = "--heads", paramLabel = "N", description = "Writing: of attention (default: width / 64).")
    private Optional<Integer> heads = Optional.empty();

    @Option(
            names = "--feed-forward",
            paramLabel = "N",
            description = "Writing: width inside feed-forward blocks (default: 4 times the width).")
    private int feedForward = Sizes.DEFAULT.feedForward();

    @Option(
            names = "--encoder-layers",
            paramLabel = "N",
            description =
                    "Writing: of an encoder from scratch (default: 4); of a pretrained one, its first N (default: all).")
    private Optional<Integer> encoderLayers = Optional.empty();

    @Option(names = "--decoder-layers", paramLabel = "N", description = "Writing (default: 2).")
    private int decoderLayers = Sizes.DEFAULT.decoderLayers();

    @Option(
            names = "--positions",
            paramLabel = "N",
            description = "Writing: longest source and target in tokens (default: 256).")
    private int positions = Sizes.DEFAULT.positions();

    @Option(names = "--learned-positions", description = "Writing: positions are trained, not sinusoids.")
    private boolean learnedPositions;

    @Option(
            names = "--batch-tokens",
            paramLabel = "N",
            description = "Writing: padded tokens of a step, source and target (default: 4096; --from an imported"
                    + " model: 1024).")
    private Optional<Integer> batchTokens = Optional.empty();

    @Option(
            names = "--warm-up",
            paramLabel = "STEPS",
            description = "Writing: steps on which the learning rate rises (default: 800).")
    private int warmUp = Seq2SeqOptions.DEFAULT.warmUp();

    @Option(
            names = "--cool-down",
            paramLabel = "X",
            description = "Writing: share of the time in which it falls to zero (default: 0.35).")
    private double coolDown = Seq2SeqOptions.DEFAULT.coolDown();

    @Option(
            names = "--max-steps",
            paramLabel = "N",
            description = "Writing: steps after which training is done; with no --max-minutes a run is repeatable.")
    private Optional<Integer> maxSteps = Optional.empty();

    @Option(
            names = "--looks",
            paramLabel = "N",
            description = "Writing: at the development rows, evenly over the way (default: 30; --from an imported"
                    + " model: 10).")
    private Optional<Integer> looks = Optional.empty();

    @Option(
            names = "--average",
            paramLabel = "N",
            description = "Writing: last looks whose weights' mean is tried, too (default: 4).")
    private int average = Seq2SeqOptions.DEFAULT.average();

    @Option(
            names = "--case-noise",
            paramLabel = "X",
            description = "Translation: share of pairs in capitals or in small letters (default: 0.06).")
    private double caseNoise = 0.06;

    @Option(
            names = "--beams",
            paramLabel = "N",
            description = "Writing: of decoding, unless its user wants otherwise (default: 1, greedy).")
    private int beams = 1;

    @Option(
            names = "--store",
            paramLabel = "PRECISION",
            description = "Writing: int8 stores matrices rounded, a quarter of the size; fp32 (default: int8).")
    private String store = "int8";

    @Option(
            names = "--abstractive",
            description =
                    "Task summary: the model writes its summaries instead of quoting. --method is frozen"
                            + " (a decoder behind the base encoder as it is; the default), lora (that is changed, too) or scratch.")
    private boolean abstractive;

    /** Whether summaries are written, not quoted. */
    boolean abstractive() {
        return abstractive;
    }

    Purpose.Translation translation() {
        return new Purpose.Translation(new Languages(sources, target), sourceColumn, caseNoise);
    }

    /** How many blocks of a pretrained encoder are gone through; 0 = all. */
    int blocks() {
        return encoderLayers.orElse(0);
    }

    Optional<Path> vocabulary() {
        return vocabulary;
    }

    int beams() {
        return beams;
    }

    /** Whether matrices are stored as int8. */
    boolean packed() {
        if (!List.of("int8", "fp32").contains(store)) {
            throw new IllegalArgumentException("--store is int8 or fp32, got " + store);
        }
        return store.equals("int8");
    }

    Sizes sizes() {
        return new Sizes(
                vocabularySize,
                width,
                heads.orElse(Math.max(1, width / 64)),
                feedForward,
                encoderLayers.orElse(Sizes.DEFAULT.encoderLayers()),
                decoderLayers,
                positions,
                learnedPositions);
    }

    /** With neither minutes nor steps half an hour; with steps only, as long as they take. */
    Seq2SeqOptions options(TuningFlags others, long seed) {
        Seq2SeqOptions usual = Seq2SeqOptions.DEFAULT;
        Duration otherwise = maxSteps.isPresent() ? Duration.ofDays(365) : usual.maxTime();
        return new Seq2SeqOptions(
                batchTokens.orElse(usual.batchTokens()),
                others.learningRate().orElse(usual.learningRate()),
                warmUp,
                coolDown,
                others.labelSmoothing().orElse(usual.labelSmoothing()),
                usual.weightDecay(),
                usual.clipNorm(),
                looks.orElse(usual.looks()),
                average,
                others.maxTime().orElse(otherwise),
                maxSteps.orElse(usual.maxSteps()),
                seed);
    }

    /**
     * Of a model that is trained on from its own graphs: few pairs get enough steps, unless epochs or steps are told.
     */
    GeneratorTuningOptions tuning(TuningFlags others, TuningMethod method, long seed) {
        GeneratorTuningOptions usual = GeneratorTuningOptions.of(method);
        return new GeneratorTuningOptions(
                method,
                others.rank(),
                usual.scale(),
                others.embeddings(),
                others.learningRate().orElse(usual.learningRate()),
                others.epochs().orElse(usual.epochs()),
                maxSteps.orElse(others.epochs().isPresent() ? 1 : usual.leastSteps()),
                maxSteps.orElse(usual.maxSteps()),
                others.maxTime().orElse(usual.maxTime()),
                batchTokens.orElse(usual.batchTokens()),
                others.labelSmoothing().orElse(usual.labelSmoothing()),
                looks.orElse(usual.looks()),
                seed);
    }
}
