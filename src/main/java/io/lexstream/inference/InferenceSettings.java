package io.lexstream.inference;

import java.time.Duration;

/**
 * How models are opened.
 *
 * @param intraOpThreads threads inside one ONNX Runtime call; 1, as the engine's workers fill the cores
 * @param maxWindows windows that a text longer than the model's limit is read in, their probabilities averaged; 1 =
 *     truncate at the limit
 * @param precision what models compute in
 * @param language how translation tells a text's language
 * @param generationDeadline most time to generate for a batch of texts; each ends with what it has by then, and says so
 */
public record InferenceSettings(
        int intraOpThreads,
        int maxWindows,
        Precision precision,
        LanguageSettings language,
        Duration generationDeadline) {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    public static final InferenceSettings DEFAULT = new InferenceSettings(1, 1, Precision.AUTO);

    public InferenceSettings {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("inference.intra.op.threads must be >= 1, got " + intraOpThreads);
        }
        if (maxWindows < 1) {
            throw new IllegalArgumentException("long.text.windows must be >= 1, got " + maxWindows);
        }
        if (generationDeadline.isNegative() || generationDeadline.isZero()) {
            throw new IllegalArgumentException(
                    "generation.deadline.ms must be > 0, got " + generationDeadline.toMillis());
        }
    }

    /** With the usual way to tell languages, and ten seconds to generate. */
    public InferenceSettings(int intraOpThreads, int maxWindows, Precision precision) {
        this(intraOpThreads, maxWindows, precision, LanguageSettings.DEFAULT, TEN_SECONDS);
    }

    /** Each version in what it admits. */
    public InferenceSettings(int intraOpThreads, int maxWindows) {
        this(intraOpThreads, maxWindows, Precision.AUTO);
    }
}
