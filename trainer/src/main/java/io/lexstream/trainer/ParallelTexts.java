package io.lexstream.trainer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads texts and their translations: columns separated by tabs, without header or quotes, or JSON lines; plain or
 * gzip, in strict UTF-8.
 *
 * <p>A bad row is skipped and listed; a file with too many of them is refused.
 */
public final class ParallelTexts {
    private ParallelTexts() {}

    /**
     * The options for a file of columns.
     *
     * @param sourceColumn from 1; the translation is the first column, or the second if that is the source
     */
    public static ReadOptions columns(int sourceColumn) {
        if (sourceColumn < 1) {
            throw new IllegalArgumentException("the source column must be >= 1, got " + sourceColumn);
        }
        String target = sourceColumn == 1 ? "2" : "1";
        return new ReadOptions(List.of(String.valueOf(sourceColumn)), target, false, OptionalInt.empty());
    }

    /**
     * The rows of {@code file}, or the seeded sample of them.
     *
     * @param file its options name column numbers, such as {@link #columns} does, or keys of JSON lines
     * @throws DataException if there is no such file, it has no usable row, or too many bad ones
     */
    public static TextPairs read(DataFile file, long seed) throws IOException {
        return read(file, Optional.empty(), seed);
    }

    /**
     * The same of one part only, where the file is JSON lines with an {@code id}; any other file is read whole.
     *
     * @param part none: all of it
     */
    public static TextPairs read(DataFile file, Optional<CorpusSplit> part, long seed) throws IOException {
        FileContent content = FileContent.read(file.path());
        RowSink<TextPair> sink = new RowSink<>(TextPair::new);
        if (RowFormat.of(file.path(), content.bytes()) == RowFormat.TABLE) {
            new TabbedLines(file.path(), file.options(), sink).read(content.bytes());
        } else {
            byte[] lines = part.isPresent() ? part.get().of(content.bytes()) : content.bytes();
            new JsonLines(file.options(), sink).read(lines);
        }
        sink.refuseIfUnusable(file.path(), file.options(), "columns separated by tabs, or JSON lines,");
        return new TextPairs(content.name(), content.sha256(), sink.rows(), sink.skipped())
                .sample(file.maxRows(), seed);
    }
}
