package io.lexstream.generation;

/**
 * Drawing the next token by its probability instead of taking the likeliest.
 *
 * @param temperature above 1 = more even, below 1 = more peaked
 * @param topK only the so many likeliest are drawn from; 0 = all
 * @param topP only the likeliest that together have this probability; 1 = all (Holtzman et al. 2020, nucleus sampling)
 * @param seed equal seeds draw equal texts of equal sources, whatever else is in the batch
 */
public record Sampling(double temperature, int topK, double topP, long seed) {
    public Sampling {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be > 0, got " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k must be >= 0, got " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p must be in (0, 1], got " + topP);
        }
    }
}
