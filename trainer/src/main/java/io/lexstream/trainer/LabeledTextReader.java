package io.lexstream.trainer;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads labelled texts: JSON lines, or a table separated by commas, semicolons or tabs; plain or gzip, in strict UTF-8.
 *
 * <p>A file called .csv or .tsv is a table, one called .json or .jsonl is JSON lines; of any other its first letter
 * tells. A bad row is skipped and listed; a file with too many of them is refused: it is not what it seems.
 */
public final class LabeledTextReader {
    private static final int ALWAYS_FORGIVEN = 20;
    private static final int FORGIVEN_SHARE = 10;
    private static final Pattern TABLE = Pattern.compile(".*\\.(csv|tsv|tab)(\\.gz)?");
    private static final Pattern JSON = Pattern.compile(".*\\.(jsonl?|ndjson)(\\.gz)?");
    private static final Pattern ENDING = Pattern.compile("(\\.(jsonl?|ndjson|csv|tsv|tab))?(\\.gz)?$");

    private final Path file;
    private final ReadOptions options;
    private final RowSink sink = new RowSink();

    private LabeledTextReader(Path file, ReadOptions options) {
        this.file = file;
        this.options = options;
    }

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
        return new LabeledTextReader(file, options).readAll();
    }

    private LabeledTexts readAll() throws IOException {
        byte[] stored = stored();
        byte[] content = withoutMark(unpacked(stored));
        if (isTable(content)) {
            new TableRows(file.toString(), options, sink).read(content);
        } else {
            new JsonLines(options, sink).read(content);
        }
        refuseIfUnusable();
        String sha256 = HexFormat.of().formatHex(Sha256.start().digest(stored));
        return new LabeledTexts(nameOf(file), sha256, sink.rows(), sink.skipped());
    }

    private byte[] stored() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DataException(file + ": no such file", e);
        }
    }

    /** Gzip is told by its first two bytes, not by the name. */
    private byte[] unpacked(byte[] stored) throws IOException {
        if (!startsWith(stored, 0x1f, 0x8b)) {
            return stored;
        }
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(stored), 1 << 16)) {
            return content.readAllBytes();
        } catch (EOFException | ZipException e) {
            throw new DataException(file + ": the gzip data is damaged or ends early", e);
        }
    }

    private byte[] withoutMark(byte[] content) throws DataException {
        if (startsWith(content, 0xff, 0xfe) || startsWith(content, 0xfe, 0xff)) {
            throw new DataException(file + " is in UTF-16; save it as UTF-8");
        }
        return startsWith(content, 0xef, 0xbb, 0xbf) ? Arrays.copyOfRange(content, 3, content.length) : content;
    }

    private boolean isTable(byte[] content) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (TABLE.matcher(name).matches()) {
            return true;
        }
        int first = 0;
        while (first < content.length && content[first] >= 0 && content[first] <= ' ') {
            first++;
        }
        return !JSON.matcher(name).matches() && first < content.length && content[first] != '{';
    }

    private void refuseIfUnusable() throws DataException {
        int bad = sink.skipped().size();
        int all = sink.rows().size() + bad;
        String expected = "expected %s with \"%s\" and \"%s\""
                .formatted(
                        "JSON lines, or a table,",
                        String.join("\" or \"", options.textColumns()),
                        options.labelColumn());
        if (all == 0) {
            throw new DataException(file + " is empty; " + expected);
        }
        int forgiven = options.maxBadRows().orElse(Math.max(ALWAYS_FORGIVEN, all / FORGIVEN_SHARE));
        if (sink.rows().isEmpty() || bad > forgiven) {
            throw new DataException("%s: %d of %d rows cannot be used (first: %s); %s"
                    .formatted(file, bad, all, sink.skipped().get(0), expected));
        }
    }

    private static boolean startsWith(byte[] content, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (i >= content.length || (content[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** The folder and the file without its endings: test sets are often called the same in every folder. */
    private static String nameOf(Path file) {
        Path path = file.toAbsolutePath().normalize();
        String name = ENDING.matcher(String.valueOf(path.getFileName())).replaceFirst("");
        Path folder = path.getParent();
        return folder == null || folder.getFileName() == null ? name : folder.getFileName() + "/" + name;
    }
}
