package io.lexstream.trainer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads labelled texts: JSON lines, or a table separated by commas, semicolons or tabs; plain or gzip, in strict UTF-8.
 *
 * <p>A file called .csv or .tsv is a table, one called .json or .jsonl is JSON lines; of any other its first letter
 * tells. A bad row is skipped and listed; a file with too many of them is refused: it is not what it seems.
 */
public final class LabeledTextReader {
    private LabeledTextReader() {}

    /** All rows of {@code file}, from {@code text} and {@code label}. */
    public static LabeledTexts read(Path file) throws IOException {
        return read(file, ReadOptions.DEFAULT);
    }

    /**
     * All rows of {@code file}.
     *
     * @throws DataException if there is no such file, it has no such columns, no usable row, or too many bad ones
     */
    public static LabeledTexts read(Path file, ReadOptions options) throws IOException {
        FileContent content = FileContent.read(file);
        RowSink<LabeledText> sink = new RowSink<>(LabeledText::new);
        readInto(sink, file, content, options);
        return new LabeledTexts(content.name(), content.sha256(), sink.rows(), sink.skipped());
    }

    /** Reads rows of any kind from a table with a header, or from JSON lines. */
    static void readInto(RowSink<?> sink, Path file, FileContent content, ReadOptions options) throws IOException {
        if (RowFormat.of(file, content.bytes()) == RowFormat.TABLE) {
            new TableRows(file.toString(), options, sink).read(content.bytes());
        } else {
            new JsonLines(options, sink).read(content.bytes());
        }
        sink.refuseIfUnusable(file, options, "JSON lines, or a table,");
    }
}
