package io.lexstream.ops;

import io.lexstream.trainer.tuning.TuningMethod;
import io.lexstream.trainer.tuning.TuningOptions;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How an encoder is fine-tuned, as options; what is not given is as measured to do well. */
final class TuningFlags {
    private static final int TRAIN_TOKENS = 128;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "Most times that each row is seen (default: 3, or enough for 150 steps); 0 only measures and packs --from.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Its peak (default: 5e-4; full, last-layers: 5e-5; translation: 1.5e-3).")
    private Optional<Double> learningRate = Optional.empty();

    @Option(names = "--rank", paramLabel = "N", description = "Columns of the low-rank matrices (default: 8).")
    private int rank = TuningOptions.DEFAULT.rank();

    @Option(names = "--layers", paramLabel = "N", description = "Blocks that last-layers trains (default: 2).")
    private int layers = TuningOptions.DEFAULT.lastLayers();

    @Option(names = "--embeddings", description = "Method full trains the word embeddings, too.")
    private boolean embeddings;

    @Option(names = "--batch", paramLabel = "N", description = "Rows of one step (default: 32).")
    private int batch = TuningOptions.DEFAULT.batchTexts();

    @Option(names = "--dropout", paramLabel = "X", description = "Before the heads (default: 0.1).")
    private float dropout = TuningOptions.DEFAULT.dropout();

    @Option(
            names = "--label-smoothing",
            paramLabel = "X",
            description = "Share of each target that is spread (default: 0; translation: 0.1).")
    private Optional<Double> labelSmoothing = Optional.empty();

    @Option(
            names = "--train-tokens",
            paramLabel = "N",
            description = "Tokens that are read of a text while training (default: 128).")
    private int trainTokens = TRAIN_TOKENS;

    @Option(
            names = "--look-every",
            paramLabel = "ROWS",
            description = "Rows between two looks at the development rows (default: 5000).")
    private int lookEvery = TuningOptions.DEFAULT.devEvery();

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Looks without a better score after which training ends (default: 5).")
    private int patience = TuningOptions.DEFAULT.patience();

    @Option(
            names = "--max-minutes",
            paramLabel = "N",
            description = "Time by which training is done, however many rows were seen.")
    private Optional<Long> maxMinutes = Optional.empty();

    Optional<Integer> epochs() {
        return epochs;
    }

    int rank() {
        return rank;
    }

    boolean embeddings() {
        return embeddings;
    }

    Optional<Double> learningRate() {
        return learningRate;
    }

    Optional<Double> labelSmoothing() {
        return labelSmoothing;
    }

    Optional<Duration> maxTime() {
        return maxMinutes.map(Duration::ofMinutes);
    }

    int tokens() {
        return trainTokens;
    }

    TuningOptions options(TuningMethod method, long seed) {
        TuningOptions usual = TuningOptions.DEFAULT;
        double usualRate = method == TuningMethod.LORA ? usual.learningRate() : usual.learningRate() / 10;
        return new TuningOptions(
                method,
                rank,
                usual.scale(),
                usual.targets(),
                layers,
                embeddings,
                epochs.orElse(usual.epochs()),
                epochs.isPresent() ? 0 : usual.leastSteps(),
                batch,
                usual.batchTokens(),
                learningRate.orElse(usualRate),
                usual.weightDecay(),
                usual.warmUp(),
                usual.clipNorm(),
                dropout,
                labelSmoothing.orElse(usual.labelSmoothing()),
                lookEvery,
                patience,
                maxMinutes.map(Duration::ofMinutes).orElse(usual.budget()),
                seed);
    }
}
