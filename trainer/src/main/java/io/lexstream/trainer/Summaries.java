package io.lexstream.trainer;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Reads texts and their summaries: JSON lines, or a table with a header; plain or gzip, in strict UTF-8. */
public final class Summaries {
    /** {@code document} and {@code summary}. */
    public static final ReadOptions COLUMNS =
            new ReadOptions(List.of("document"), "summary", true, OptionalInt.empty());

    private Summaries() {}

    /**
     * The rows of {@code file}, or the seeded sample of them.
     *
     * @param file its options name keys or columns, such as {@link #COLUMNS}
     * @throws DataException if there is no such file, it has no such columns, no usable row, or too many bad ones
     */
    public static TextPairs read(DataFile file, long seed) throws IOException {
        FileContent content = FileContent.read(file.path());
        RowSink<TextPair> sink = new RowSink<>(TextPair::new);
        LabeledTextReader.readInto(sink, file.path(), content, file.options());
        return new TextPairs(content.name(), content.sha256(), sink.rows(), sink.skipped())
                .sample(file.maxRows(), seed);
    }
}
