package io.lexstream.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A data file and how much of it to take.
 *
 * @param maxRows most rows; a seeded sample if there are more
 * @param options where text and label stand in it
 */
public record DataFile(Path path, int maxRows, ReadOptions options) {
    private static final Pattern LIMITED = Pattern.compile("(.+):(\\d{1,9})");

    public DataFile {
        if (maxRows < 1) {
            throw new IllegalArgumentException(path + ": at least 1 row must be taken, got " + maxRows);
        }
    }

    /** All of it. */
    public static DataFile of(Path path) {
        return new DataFile(path, Integer.MAX_VALUE, ReadOptions.DEFAULT);
    }

    /** {@code FILE} or {@code FILE:ROWS}. */
    public static DataFile parse(String argument) {
        Matcher limited = LIMITED.matcher(argument);
        if (!limited.matches() || Files.exists(Path.of(argument))) {
            return of(Path.of(argument));
        }
        return new DataFile(Path.of(limited.group(1)), Integer.parseInt(limited.group(2)), ReadOptions.DEFAULT);
    }

    public DataFile with(ReadOptions others) {
        return new DataFile(path, maxRows, others);
    }

    /** Its rows, or the seeded sample of them. */
    public LabeledTexts read(long seed) throws IOException {
        return LabeledTextReader.read(path, options).sample(maxRows, seed);
    }
}
