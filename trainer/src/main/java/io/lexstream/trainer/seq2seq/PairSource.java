package io.lexstream.trainer.seq2seq;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of texts and their translations, how much of it to take, and how much that counts.
 *
 * @param maxRows most rows, a seeded sample if there are more; of a grammar, the messages to make
 * @param weight how often an epoch has each pair
 */
public record PairSource(Path path, int maxRows, double weight) {
    private static final Pattern ARGUMENT = Pattern.compile("(.+?)(?::(\\d{1,9}))?(?:\\*(\\d{1,4}(?:\\.\\d{1,4})?))?");

    public PairSource {
        if (maxRows < 1 || !(weight > 0)) {
            throw new IllegalArgumentException(
                    path + ": rows and weight must be above 0, got " + maxRows + " and " + weight);
        }
    }

    /** {@code FILE[:ROWS][*WEIGHT]}. */
    public static PairSource parse(String argument) {
        Matcher parts = ARGUMENT.matcher(argument);
        if (Files.exists(Path.of(argument)) || !parts.matches()) {
            return new PairSource(Path.of(argument), Integer.MAX_VALUE, 1);
        }
        int rows = parts.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(parts.group(2));
        double weight = parts.group(3) == null ? 1 : Double.parseDouble(parts.group(3));
        return new PairSource(Path.of(parts.group(1)), rows, weight);
    }
}
