package io.lexstream.trainer;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** How a data file writes its rows: the name tells it, or else the first letter. */
enum RowFormat {
    /** Rows and columns. */
    TABLE,
    /** One JSON object a line. */
    JSON_LINES;

    private static final Pattern TABLE_NAME = Pattern.compile(".*\\.(csv|tsv|tab)(\\.gz)?");
    private static final Pattern JSON_NAME = Pattern.compile(".*\\.(jsonl?|ndjson)(\\.gz)?");

    static RowFormat of(Path file, byte[] content) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (TABLE_NAME.matcher(name).matches()) {
            return TABLE;
        }
        int first = 0;
        while (first < content.length && content[first] >= 0 && content[first] <= ' ') {
            first++;
        }
        boolean json = JSON_NAME.matcher(name).matches() || first == content.length || content[first] == '{';
        return json ? JSON_LINES : TABLE;
    }
}
