package io.lexstream.inference;

/**
 * How models are opened.
 *
 * @param intraOpThreads threads inside one ONNX Runtime call; 1, as the engine's workers fill the cores
 * @param maxWindows windows that a text longer than the model's limit is read in, their probabilities averaged; 1 =
 *     truncate at the limit
 * @param precision what models compute in
 * @param language how translation tells a text's language
 */
public record InferenceSettings(int intraOpThreads, int maxWindows, Precision precision, LanguageSettings language) {
    public static final InferenceSettings DEFAULT = new InferenceSettings(1, 1, Precision.AUTO);

    public InferenceSettings {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("inference.intra.op.threads must be >= 1, got " + intraOpThreads);
        }
        if (maxWindows < 1) {
            throw new IllegalArgumentException("long.text.windows must be >= 1, got " + maxWindows);
        }
    }

    /** The usual way to tell languages. */
    public InferenceSettings(int intraOpThreads, int maxWindows, Precision precision) {
        this(intraOpThreads, maxWindows, precision, LanguageSettings.DEFAULT);
    }

    /** Each version in what it admits. */
    public InferenceSettings(int intraOpThreads, int maxWindows) {
        this(intraOpThreads, maxWindows, Precision.AUTO);
    }
}
