package io.lexstream.onnx;

import ai.onnxruntime.platform.Fp16Conversions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A safetensors file of fp16 matrices: length of the header, the header in JSON, the matrices row by row. */
record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
    private static final long MAX_FILE_BYTES = 512L << 20;
    private static final int MAX_HEADER_BYTES = 4 << 20;
    private static final String METADATA = "__metadata__";
    private static final String HALF = "F16";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Refuses whatever does not fit the file exactly: no gap, no overlap, nothing left over. */
    static Safetensors read(Path file) throws IOException, GraphException {
        long bytes = Files.size(file);
        if (bytes < Long.BYTES || bytes > MAX_FILE_BYTES) {
            throw new GraphException("a safetensors file has 8 to " + MAX_FILE_BYTES + " bytes, this one " + bytes);
        }
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long headerBytes = content.getLong();
        if (headerBytes < 2 || headerBytes > Math.min(content.remaining(), MAX_HEADER_BYTES)) {
            throw new GraphException(
                    "its header claims " + headerBytes + " bytes, the file has " + content.remaining() + " left");
        }
        byte[] header = new byte[(int) headerBytes];
        content.get(header);
        return read(parse(header), content.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    private static JsonNode parse(byte[] header) throws IOException, GraphException {
        try {
            JsonNode tree = JSON.readTree(header);
            if (!tree.isObject()) {
                throw new GraphException("its header is no JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new GraphException("its header is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Safetensors read(JsonNode header, ByteBuffer data) throws GraphException {
        Map<String, String> metadata = new LinkedHashMap<>();
        header.path(METADATA)
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (var entry : header.properties()) {
            if (!entry.getKey().equals(METADATA)) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), data));
            }
        }
        if (data.hasRemaining()) {
            throw new GraphException("its tensors end " + data.remaining() + " bytes before the file does");
        }
        return new Safetensors(metadata, tensors);
    }

    /** Reads the next tensor: those of our files lie in the header's order. */
    private static Tensor tensor(String name, JsonNode entry, ByteBuffer data) throws GraphException {
        String what = "tensor " + name + " ";
        if (!entry.path("dtype").asText().equals(HALF)) {
            throw new GraphException(what + "has the type " + entry.path("dtype") + ", expected " + HALF);
        }
        JsonNode shape = entry.path("shape");
        long rows = shape.path(0).asLong();
        long columns = shape.path(1).asLong();
        boolean matrix =
                shape.size() == 2 && rows >= 1 && rows <= MAX_FILE_BYTES && columns >= 1 && columns <= MAX_FILE_BYTES;
        if (!matrix) {
            throw new GraphException(what + "has the shape " + shape + ", expected a matrix");
        }
        long bytes = rows * columns * Short.BYTES;
        JsonNode offsets = entry.path("data_offsets");
        long start = offsets.path(0).asLong(-1);
        if (offsets.size() != 2 || start != data.position() || offsets.path(1).asLong() != start + bytes) {
            throw new GraphException(what + "of the shape " + shape + " has the offsets " + offsets + ", expected "
                    + data.position() + " to " + (data.position() + bytes));
        }
        if (bytes > data.remaining()) {
            throw new GraphException(
                    what + "needs " + bytes + " bytes, the file has " + data.remaining() + " left: it is half-written");
        }
        float[] values = new float[(int) (rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Fp16Conversions.fp16ToFloat(data.getShort());
            if (!Float.isFinite(values[i])) {
                throw new GraphException(what + "holds " + values[i]);
            }
        }
        return new Tensor((int) rows, (int) columns, values);
    }

    byte[] toBytes() {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode facts = header.putObject(METADATA);
        metadata.forEach(facts::put);
        int length = 0;
        for (var entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", HALF);
            node.putArray("shape").add(tensor.rows).add(tensor.columns);
            int end = Math.addExact(length, Math.multiplyExact(tensor.values.length, Short.BYTES));
            node.putArray("data_offsets").add(length).add(end);
            length = end;
        }
        byte[] json = aligned(header.toString()).getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + json.length + length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        for (Tensor tensor : tensors.values()) {
            for (float value : tensor.values) {
                file.putShort(Fp16Conversions.floatToFp16(value));
            }
        }
        return file.array();
    }

    /** Padded with blanks, so that the tensors behind it start at a multiple of 8 bytes. */
    private static String aligned(String json) {
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        return json + " ".repeat((Long.BYTES - bytes % Long.BYTES) % Long.BYTES);
    }

    /** A matrix, row by row. */
    static final class Tensor {
        private final int rows;
        private final int columns;
        private final float[] values;

        Tensor(int rows, int columns, float[] values) {
            this.rows = rows;
            this.columns = columns;
            this.values = values;
        }

        int rows() {
            return rows;
        }

        int columns() {
            return columns;
        }

        float[] values() {
            return values;
        }
    }
}
