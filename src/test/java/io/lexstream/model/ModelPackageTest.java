package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPackageTest {
    private static final byte[] GRAPH = Samples.bytes(5_000, 1);

    @TempDir
    Path work;

    private ContentStore store;
    private Path directory;

    @BeforeEach
    void setUp() throws Exception {
        store = new ContentStore(work.resolve("store"));
        directory = work.resolve("package");
    }

    private ModelPackage written() throws Exception {
        return Samples.write(directory, "spam", "1", GRAPH, store);
    }

    private static void assertRejected(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ModelRejectedException.class).hasMessageContaining(message);
    }

    @Test
    void aWrittenPackageOpens() throws Exception {
        written();

        ModelPackage opened = ModelPackage.open(directory, store);

        assertThat(opened.version()).hasToString("spam@1");
        assertThat(opened.version().digest()).isEqualTo(ManifestDigest.of(opened.manifest()));
        assertThat(opened.file(FileRole.GRAPH).orElseThrow()).hasBinaryContent(GRAPH);
        assertThat(opened.file(FileRole.HEAD)).isEmpty();
        assertThat(entries(work)).containsExactly("package");
    }

    @Test
    void aBaseEncodersFilesComeFromTheStore() throws Exception {
        var base = BaseEncoders.onClassPath().named("bge-small-en-v1.5");

        ModelPackage opened = new PackageWriter(Samples.manifest("spam", "1"))
                .add(FileRole.GRAPH, "model.onnx", GRAPH)
                .refer(base.tokenizer())
                .write(directory, store);

        assertThat(opened.file(FileRole.TOKENIZER).orElseThrow()).startsWith(work.resolve("store"));
        assertThat(entries(directory)).containsExactly("manifest.json", "model.onnx");
    }

    @Test
    void aTruncatedDamagedOrMissingFileIsRejected() throws Exception {
        written();
        Path graph = directory.resolve("model.onnx");

        Files.write(graph, Samples.bytes(4_999, 1));
        assertRejected(() -> ModelPackage.open(directory, store), "has 4999 bytes, the manifest says 5000");

        byte[] flipped = GRAPH.clone();
        flipped[4_000] ^= 8;
        Files.write(graph, flipped);
        assertRejected(() -> ModelPackage.open(directory, store), "has the digest " + Sha256.of(flipped));

        Files.delete(graph);
        assertRejected(() -> ModelPackage.open(directory, store), "model.onnx is missing");
    }

    @Test
    void aDirectoryWithoutASoundManifestIsRejected() throws Exception {
        written();
        Path manifest = directory.resolve("manifest.json");
        String text = Files.readString(manifest);

        Files.writeString(manifest, text.substring(0, text.length() / 2));
        assertRejected(() -> ModelPackage.open(directory, store), "manifest.json: manifest is not JSON");

        Files.write(manifest, new byte[] {(byte) 0xff, (byte) 0xfe, '{', '}'});
        assertRejected(() -> ModelPackage.open(directory, store), "is not UTF-8");

        Files.writeString(manifest, text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 9"));
        assertRejected(() -> ModelPackage.open(directory, store), "format version 9 is unknown");

        Files.delete(manifest);
        assertRejected(() -> ModelPackage.open(directory, store), "no model package: there is no file");
    }

    @Test
    void aPathOrLinkThatLeavesThePackageIsRejected() throws Exception {
        written();
        Path outside = Files.write(work.resolve("outside.onnx"), GRAPH);
        Path graph = directory.resolve("model.onnx");
        Path manifest = directory.resolve("manifest.json");
        String text = Files.readString(manifest);

        Files.writeString(manifest, text.replace("model.onnx", "../outside.onnx"));
        assertRejected(() -> ModelPackage.open(directory, store), "leaves the package");

        Files.writeString(manifest, text);
        Files.delete(graph);
        Files.createSymbolicLink(graph, outside);
        assertRejected(() -> ModelPackage.open(directory, store), "leaves the package: it is a link");
    }

    @Test
    void aFileLargerThanTheLimitIsRejected() throws Exception {
        written();

        assertRejected(
                () -> ModelPackage.open(directory, store, new PackageLimits(4_999, 100_000, 9)),
                "5000 bytes are more than the limit of 4999");
    }

    @Test
    void thePackageIsReadableThroughARelativePathAndALinkToIt() throws Exception {
        written();
        Path link = Files.createSymbolicLink(work.resolve("link"), directory);

        assertThat(ModelPackage.open(link, store).version()).hasToString("spam@1");
    }

    @Test
    void aPackageThatWouldBeRejectedIsNotWritten() throws Exception {
        ModelManifest manifest = Samples.manifest("spam", "1");
        manifest.setLabels(List.of("spam"));

        assertRejected(
                () -> new PackageWriter(manifest)
                        .add(FileRole.GRAPH, "model.onnx", GRAPH)
                        .write(directory, store),
                "two or more");
        assertRejected(
                () -> new PackageWriter(Samples.manifest("spam", "1"))
                        .add(FileRole.GRAPH, "model.onnx", GRAPH)
                        .refer(Samples.manifest("spam", "1").getFiles().get(1))
                        .write(directory, store),
                "tokenizer.json is missing");

        assertThat(entries(work)).isEmpty();
    }

    @Test
    void aDirectoryThatHasSomethingInItIsNotOverwritten() throws Exception {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("notes.txt"), "mine");

        assertThatThrownBy(this::written).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(entries(directory)).containsExactly("notes.txt");
    }

    private static List<String> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("store"))
                    .sorted()
                    .toList();
        }
    }
}
