package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestDigestTest {
    private final ModelManifest manifest = Samples.manifest("spam", "1");
    private final String digest = ManifestDigest.of(manifest);

    /**
     * Results on topics name digests, and signatures are over them: should this one change, every version that was
     * published would change its name and lose its signature.
     */
    @Test
    void theDigestStaysTheSameForEver() {
        assertThat(digest).isEqualTo("ce9f1cffbc74fbacb23c53c2f590c9a0823f510b7c480004590ded67ff9dbd06");
    }

    /**
     * Written out here by hand: fields by name, those at their defaults left out, so that a new one changes nothing.
     */
    @Test
    void onlyWhatIsNotAtItsDefaultIsDigested() throws IOException {
        ModelManifest small = ManifestJson.draft("spam", "sample", "1");
        small.setFiles(List.of(new ModelFile(FileRole.GRAPH, "g.onnx", "a".repeat(64), 10L, List.of())));
        small.setMetrics(Map.of("f1", 0.5, "a", 1.0));

        var bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        out.writeString("files");
        out.writeLong(1);
        out.writeString("bytes");
        out.writeLong(10);
        out.writeString("path");
        out.writeString("g.onnx");
        out.writeString("role");
        out.writeString("GRAPH");
        out.writeString("sha256");
        out.writeString("a".repeat(64));
        out.writeString("");
        out.writeString("metrics");
        out.writeLong(2);
        out.writeString("a");
        out.writeDouble(1.0);
        out.writeString("f1");
        out.writeDouble(0.5);
        for (String field : List.of("name", "sample", "task", "spam", "version", "1", "")) {
            out.writeString(field);
        }
        out.flush();

        assertThat(CanonicalBytes.of(small)).isEqualTo(bytes.toByteArray());
        assertThat(ManifestDigest.of(small)).isEqualTo(Sha256.of(bytes.toByteArray()));
    }

    @Test
    void aFieldThatIsSetToItsDefaultChangesNothing() {
        manifest.setLicense("");
        manifest.setPrecisions(List.of("fp32"));
        manifest.setProvenance(Map.of());
        manifest.setCreatedAt(Instant.EPOCH);
        manifest.setGoldenTolerance(0.02);
        manifest.getGoldenCases().get(0).setScores(new LinkedHashMap<>(Map.of("ham", 0.1, "spam", 0.9)));

        assertThat(ManifestDigest.of(manifest)).isEqualTo(digest);
    }

    @Test
    void travellingAndSigningChangeNothing() {
        manifest.getFiles().get(0).setChunkOffsets(List.of(7L));
        manifest.setSignature("signed");

        assertThat(ManifestDigest.of(manifest)).isEqualTo(digest);
        assertThat(manifest.getSignature()).isEqualTo("signed");
        assertThat(manifest.getFiles().get(0).getChunkOffsets()).containsExactly(7L);
    }

    @Test
    void theOrderOfMapEntriesDoesNotMatter() {
        Map<String, Double> otherOrder = new LinkedHashMap<>();
        otherOrder.put("test/all/f1", 0.8);
        otherOrder.put("dev/all/f1", 0.9);
        manifest.setMetrics(otherOrder);
        String one = ManifestDigest.of(manifest);
        Map<String, Double> order = new LinkedHashMap<>();
        order.put("dev/all/f1", 0.9);
        order.put("test/all/f1", 0.8);
        manifest.setMetrics(order);

        assertThat(one).isEqualTo(ManifestDigest.of(manifest)).isEqualTo(digest);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("task", it -> it.setTask("sentiment")),
                change("version", it -> it.setVersion("2")),
                change("a label", it -> it.setLabels(List.of("ham", "Spam"))),
                change("the order of labels", it -> it.setLabels(List.of("spam", "ham"))),
                change("a file's content", it -> it.getFiles().get(0).setSha256("c".repeat(64))),
                change("a file's role", it -> it.getFiles().get(0).setRole(FileRole.OTHER)),
                change("a golden score", it -> it.getGoldenCases().get(0).setScores(Map.of("spam", 0.9))),
                change("no golden case", it -> it.setGoldenCases(List.<GoldenCase>of())),
                change("a metric", it -> it.setMetrics(Map.of("dev/all/f1", 0.91, "test/all/f1", 0.8))),
                change("precisions", it -> it.setPrecisions(List.of("fp32", "int8"))),
                change("time", it -> it.setCreatedAt(Instant.ofEpochMilli(1))),
                change("format", it -> it.setFormatVersion(2)));
    }

    private static Arguments change(String what, Consumer<ModelManifest> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void anyOtherContentHasAnotherDigest(String what, Consumer<ModelManifest> change) {
        change.accept(manifest);

        assertThat(ManifestDigest.of(manifest)).as(what).isNotEqualTo(digest);
    }
}
