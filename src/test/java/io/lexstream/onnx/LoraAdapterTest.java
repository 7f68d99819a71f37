package io.lexstream.onnx;

import static io.lexstream.onnx.SmallGraphs.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraAdapterTest {
    private static final String BASE = "0123456789abcdef".repeat(4);
    private static final String GOOD_HEADER = header("F16", "[3,1]", "[0,6]", "[1,2]", "[6,10]");

    @TempDir
    Path directory;

    @Test
    void anAdapterComesBackFromItsFileWithinHalfPrecision() throws Exception {
        LoraAdapter.Pair query = new LoraAdapter.Pair(5, 7, random(5 * 2, 1), random(2 * 7, 2));
        LoraAdapter.Pair value =
                new LoraAdapter.Pair(4, 3, new float[] {0, -0f, 1, 6e-8f, 65_504, -1e-4f, 3, 4}, random(6, 3));
        LoraAdapter adapter = new LoraAdapter(BASE, 2, 0.25f, Map.of("onnx::MatMul_1", query, "größe", value));

        LoraAdapter read = LoraAdapter.read(write(adapter.toSafetensors()));

        assertThat(read.baseSha256()).isEqualTo(BASE);
        assertThat(read.rank()).isEqualTo(2);
        assertThat(read.scale()).isEqualTo(0.25f);
        assertThat(read.pairs()).containsOnlyKeys("onnx::MatMul_1", "größe");
        assertThat(pair(read, "onnx::MatMul_1").a()).containsExactly(query.a(), within(2e-3f));
        assertThat(pair(read, "onnx::MatMul_1").b()).containsExactly(query.b(), within(2e-3f));
        assertThat(pair(read, "größe").a()).containsExactly(value.a(), within(5e-7f));
        assertThat(read.toSafetensors()).isEqualTo(adapter.toSafetensors());
    }

    @Test
    void betweenTwoAdaptersOfOneStartEveryValueIsBetween() {
        LoraAdapter near = adapter(1, 2);
        LoraAdapter far = adapter(3, 6);

        LoraAdapter between = near.toward(far, 0.25);

        assertThat(pair(between, "w").a()).containsOnly(1.5f);
        assertThat(pair(between, "w").b()).containsOnly(3f);
        assertThat(near.toward(far, 1).toSafetensors()).isEqualTo(far.toSafetensors());
    }

    @Test
    void thereIsNothingBetweenAdaptersOfDifferentShapes() {
        LoraAdapter other = new LoraAdapter(BASE, 1, 0.5f, Map.of("v", constant(1, 2)));

        assertThatThrownBy(() -> adapter(1, 2).toward(other, 0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static LoraAdapter adapter(float a, float b) {
        return new LoraAdapter(BASE, 1, 0.5f, Map.of("w", constant(a, b)));
    }

    private static LoraAdapter.Pair constant(float a, float b) {
        return new LoraAdapter.Pair(3, 2, new float[] {a, a, a}, new float[] {b, b});
    }

    @Test
    void theSketchedFileIsReadSoThatTheRefusalsBelowAreForTheirOwnReason() throws Exception {
        assertThat(LoraAdapter.read(write(file(GOOD_HEADER, 10))).pairs()).containsOnlyKeys("w");
    }

    @Test
    void everyHalfWrittenFileIsRefused() throws Exception {
        byte[] whole = file(GOOD_HEADER, 10);
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "");
        }
        assertRefused(file(GOOD_HEADER, 9), "half-written");
        assertRefused(file(GOOD_HEADER, 12), "2 bytes before the file does");
    }

    @Test
    void aHeaderLargerThanTheFileIsRefused() throws Exception {
        for (long length : new long[] {-1, 0, 1_000, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            byte[] file = file(GOOD_HEADER, 10);
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            assertRefused(file, "header claims");
        }
    }

    @Test
    void aHeaderThatIsNoJsonObjectIsRefused() throws Exception {
        assertRefused(file("{\"w", 10), "not JSON");
        assertRefused(file("[1,2,3]", 10), "no JSON object");
        assertRefused(file(GOOD_HEADER + "{}", 10), "not JSON");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            F32 | [3,1] | [0,6]  | [1,2] | [6,10] | the type "F32"
            F16 | [3]   | [0,6]  | [1,2] | [6,10] | expected a matrix
            F16 | [0,1] | [0,0]  | [1,2] | [0,4]  | expected a matrix
            F16 | [3,-1]| [0,6]  | [1,2] | [6,10] | expected a matrix
            F16 | [3,1] | [2,8]  | [1,2] | [6,10] | has the offsets
            F16 | [3,1] | [0,8]  | [1,2] | [6,10] | has the offsets
            F16 | [3,1] | [0,6]  | [1,2] | [0,4]  | has the offsets
            F16 | [500000000,500000000] | [0,500000000000000000] | [1,2] | [6,10] | half-written
            F16 | [1,3] | [0,6]  | [1,2] | [6,10] | does not fit together
            """)
    void aTensorOfAnotherTypeShapeOrPlaceIsRefused(
            String type, String shape, String offsets, String otherShape, String otherOffsets, String reason)
            throws Exception {
        assertRefused(file(header(type, shape, offsets, otherShape, otherOffsets), 10), reason);
    }

    @Test
    void aValueThatIsNoNumberIsRefused() throws Exception {
        byte[] notANumber = file(GOOD_HEADER, 10);
        ByteBuffer.wrap(notANumber).order(ByteOrder.LITTLE_ENDIAN).putShort(notANumber.length - 4, (short) 0x7e00);
        byte[] infinite = file(GOOD_HEADER, 10);
        ByteBuffer.wrap(infinite).order(ByteOrder.LITTLE_ENDIAN).putShort(infinite.length - 4, (short) 0xfc00);

        assertRefused(notANumber, "holds NaN");
        assertRefused(infinite, "holds -Infinity");
    }

    @Test
    void metadataThatIsMissingOrWrongIsRefused() throws Exception {
        assertRefused(file(GOOD_HEADER.replace("lexstream-lora-1", "peft"), 10), "format is 'peft'");
        assertRefused(file(GOOD_HEADER.replace("\"rank\"", "\"r\""), 10), "no 'rank'");
        assertRefused(file(GOOD_HEADER.replace("\"rank\":\"1\"", "\"rank\":\"2\""), 10), "has rank 1, not 2");
        assertRefused(file(GOOD_HEADER.replace("\"rank\":\"1\"", "\"rank\":\"x\""), 10), "adapter is wrong");
        assertRefused(file(GOOD_HEADER.replace("0.5", "NaN"), 10), "scale is NaN");
        assertRefused(file(GOOD_HEADER.replace(BASE, "../base.onnx"), 10), "sha256");
    }

    @Test
    void aTensorWithoutItsOtherHalfIsRefused() throws Exception {
        assertRefused(file(GOOD_HEADER.replace("w.lora_B", "v.lora_B"), 10), "without w.lora_B");
        assertRefused(file(GOOD_HEADER.replace("w.lora_A", "w.bias"), 10), "belong to no pair");
    }

    @Test
    void whatHalfPrecisionCannotHoldIsNoPair() {
        assertThatThrownBy(() -> new LoraAdapter.Pair(1, 1, new float[] {70_000}, new float[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoraAdapter.Pair(1, 1, new float[] {1}, new float[] {Float.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LoraAdapter.Pair pair(LoraAdapter adapter, String weight) {
        return Objects.requireNonNull(adapter.pairs().get(weight));
    }

    private void assertRefused(byte[] content, String reason) throws Exception {
        Path file = write(content);
        assertThatThrownBy(() -> LoraAdapter.read(file))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(reason);
    }

    private static String header(String type, String shape, String offsets, String otherShape, String otherOffsets) {
        return """
                {"__metadata__":{"format":"lexstream-lora-1","base.sha256":"%s","rank":"1","scale":"0.5"},\
                "w.lora_A":{"dtype":"%s","shape":%s,"data_offsets":%s},\
                "w.lora_B":{"dtype":"F16","shape":%s,"data_offsets":%s}}""".formatted(BASE, type, shape, offsets, otherShape, otherOffsets);
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        return file.array();
    }

    private Path write(byte[] content) throws Exception {
        return Files.write(directory.resolve("adapter.safetensors"), content);
    }
}
