package io.lexstream.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads JSON lines with {@code text} and {@code label} (other keys are ignored), plain or gzip, in strict UTF-8.
 *
 * <p>A bad row is skipped and listed. A file of which more than a tenth is bad is refused: it is not what it seems.
 */
public final class LabeledTextReader {
    private static final int ALWAYS_FORGIVEN = 20;
    private static final int FORGIVEN_SHARE = 10;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final List<LabeledText> rows = new ArrayList<>();
    private final List<SkippedRow> skipped = new ArrayList<>();
    private long line;

    private LabeledTextReader(Path file) {
        this.file = file;
    }

    /**
     * All rows of {@code file}.
     *
     * @throws DataException if there is no such file, it has no usable row, or too many bad ones
     */
    public static LabeledTexts read(Path file) throws IOException {
        return new LabeledTextReader(file).readAll();
    }

    private LabeledTexts readAll() throws IOException {
        byte[] content = content();
        try (InputStream lines = new BufferedInputStream(unpacked(content))) {
            readLines(lines);
        } catch (EOFException | ZipException e) {
            throw new DataException(file + ": the gzip data is damaged or ends early, after line " + line, e);
        }
        refuseIfUnusable();
        String sha256 = HexFormat.of().formatHex(Sha256.start().digest(content));
        return new LabeledTexts(nameOf(file), sha256, rows, skipped);
    }

    private byte[] content() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DataException(file + ": no such file", e);
        }
    }

    /** Told by its first two bytes, not by its name. */
    private static InputStream unpacked(byte[] content) throws IOException {
        InputStream stream = new ByteArrayInputStream(content);
        boolean gzip = content.length > 1 && (content[0] & 0xff) == 0x1f && (content[1] & 0xff) == 0x8b;
        return gzip ? new GZIPInputStream(stream, 1 << 16) : stream;
    }

    private void readLines(InputStream lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = lines.read(); b >= 0; b = lines.read()) {
            if (b == '\n') {
                readLine(bytes);
            } else {
                bytes.write(b);
            }
        }
        readLine(bytes);
    }

    private void readLine(ByteArrayOutputStream bytes) {
        line++;
        try {
            String row = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            readRow(line == 1 && row.startsWith("\ufeff") ? row.substring(1) : row);
        } catch (CharacterCodingException e) {
            skip("not UTF-8");
        } finally {
            bytes.reset();
        }
    }

    private void readRow(String row) {
        if (row.isBlank()) {
            return;
        }
        try {
            JsonNode json = JSON.readTree(row);
            JsonNode text = json.path("text");
            JsonNode label = json.path("label");
            if (!json.isObject()) {
                skip("not a JSON object");
            } else if (!text.isTextual()) {
                skip("no string \"text\"");
            } else if (!label.isTextual()) {
                skip("no string \"label\"");
            } else if (!StandardCharsets.UTF_8.newEncoder().canEncode(text.textValue())) {
                skip("\"text\" holds half a surrogate pair");
            } else {
                rows.add(new LabeledText(text.textValue(), label.textValue()));
            }
        } catch (JsonProcessingException e) {
            skip("not JSON");
        } catch (IllegalArgumentException e) {
            skip(String.valueOf(e.getMessage()));
        }
    }

    private void skip(String reason) {
        skipped.add(new SkippedRow(line, reason));
    }

    private void refuseIfUnusable() throws DataException {
        if (rows.isEmpty() && skipped.isEmpty()) {
            throw new DataException(file + " is empty; expected JSON lines with \"text\" and \"label\"");
        }
        int all = rows.size() + skipped.size();
        boolean tooMany = skipped.size() > Math.max(ALWAYS_FORGIVEN, all / FORGIVEN_SHARE);
        if (rows.isEmpty() || tooMany) {
            throw new DataException(
                    "%s: %d of %d rows cannot be used (first: %s); expected JSON lines with \"text\" and \"label\""
                            .formatted(file, skipped.size(), all, skipped.get(0)));
        }
    }

    /** The folder and the file without its endings: test sets are often called the same in every folder. */
    private static String nameOf(Path file) {
        Path path = file.toAbsolutePath().normalize();
        String name = String.valueOf(path.getFileName()).replaceFirst("(\\.jsonl|\\.json)?(\\.gz)?$", "");
        Path folder = path.getParent();
        return folder == null || folder.getFileName() == null ? name : folder.getFileName() + "/" + name;
    }
}
