package io.lexstream.inference;

/**
 * How texts are put together.
 *
 * @param workers threads that run models; one per core is best
 * @param windowTexts most texts that one worker takes, sorts by length and cuts into batches
 * @param windowTokens most tokens (estimated) in a window: bounds how long the first text waits for the last
 * @param batchTokens most padded tokens in a batch; a longer text runs alone
 * @param queueTexts most texts that wait; then {@link BatchEngine#submit} blocks
 */
public record BatchSettings(int workers, int windowTexts, int windowTokens, int batchTokens, int queueTexts) {
    public BatchSettings {
        requirePositive("inference.workers", workers);
        requirePositive("batch.window.texts", windowTexts);
        requirePositive("batch.window.tokens", windowTokens);
        requirePositive("batch.max.tokens", batchTokens);
        requirePositive("batch.queue.texts", queueTexts);
    }

    /** What was measured best on a CPU with {@code cores} cores; see docs/measurements.md. */
    public static BatchSettings forCpu(int cores) {
        return new BatchSettings(cores, 128, 3072, 512, 4096);
    }

    private static void requirePositive(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(setting + " must be >= 1, got " + value);
        }
    }
}
