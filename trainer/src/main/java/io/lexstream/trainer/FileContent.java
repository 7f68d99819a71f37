package io.lexstream.trainer;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A data file, unpacked.
 *
 * @param name what tables call it, such as {@code sms-spam/test}: test sets are often called the same in every folder
 * @param sha256 digest of the file as it lies on disk, hex
 * @param bytes its content without gzip and without a byte order mark
 */
record FileContent(String name, String sha256, byte[] bytes) {
    private static final Pattern ENDING = Pattern.compile("(\\.(jsonl?|ndjson|csv|tsv|tab))?(\\.gz)?$");

    /** @throws DataException if there is no such file, or it is damaged or in UTF-16 */
    static FileContent read(Path file) throws IOException {
        byte[] stored = stored(file);
        String sha256 = HexFormat.of().formatHex(Sha256.start().digest(stored));
        return new FileContent(nameOf(file), sha256, withoutMark(file, unpacked(file, stored)));
    }

    private static byte[] stored(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DataException(file + ": no such file", e);
        }
    }

    /** Gzip is told by its first two bytes, not by the name. */
    private static byte[] unpacked(Path file, byte[] stored) throws IOException {
        if (!startsWith(stored, 0x1f, 0x8b)) {
            return stored;
        }
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(stored), 1 << 16)) {
            return content.readAllBytes();
        } catch (EOFException | ZipException e) {
            throw new DataException(file + ": the gzip data is damaged or ends early", e);
        }
    }

    private static byte[] withoutMark(Path file, byte[] content) throws DataException {
        if (startsWith(content, 0xff, 0xfe) || startsWith(content, 0xfe, 0xff)) {
            throw new DataException(file + " is in UTF-16; save it as UTF-8");
        }
        return startsWith(content, 0xef, 0xbb, 0xbf) ? Arrays.copyOfRange(content, 3, content.length) : content;
    }

    private static boolean startsWith(byte[] content, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (i >= content.length || (content[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static String nameOf(Path file) {
        Path path = file.toAbsolutePath().normalize();
        String name = ENDING.matcher(String.valueOf(path.getFileName())).replaceFirst("");
        Path folder = path.getParent();
        return folder == null || folder.getFileName() == null ? name : folder.getFileName() + "/" + name;
    }
}
