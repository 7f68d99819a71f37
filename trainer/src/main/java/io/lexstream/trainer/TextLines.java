package io.lexstream.trainer;

/** The lines of a file, each in strict UTF-8: one that is not costs its row, not the file. Blank ones are left out. */
final class TextLines {
    private TextLines() {}

    /** Takes a line that can be read. */
    interface Taker {
        /**
         * @param number from 1
         * @param line without its end
         */
        void take(long number, String line);
    }

    static void read(byte[] content, RowSink<?> sink, Taker taker) {
        long number = 0;
        int start = 0;
        while (start <= content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            number++;
            boolean twoBytes = end > start && content[end - 1] == '\r';
            String line = Utf8.decode(content, start, end - start - (twoBytes ? 1 : 0));
            if (line == null) {
                sink.skip(number, "not UTF-8");
            } else if (!line.isBlank()) {
                taker.take(number, line);
            }
            start = end + 1;
        }
    }
}
