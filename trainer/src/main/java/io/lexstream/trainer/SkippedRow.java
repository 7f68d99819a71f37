package io.lexstream.trainer;

/**
 * A row of a data file that could not be used.
 *
 * @param line its line number, from 1
 * @param reason why; never a part of the row's text
 */
public record SkippedRow(long line, String reason) {
    @Override
    public String toString() {
        return "line " + line + ": " + reason;
    }
}
