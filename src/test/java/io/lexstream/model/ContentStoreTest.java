package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentStoreTest {
    private static final byte[] CONTENT = Samples.bytes(300_000, 1);
    private static final String SHA256 = Sha256.of(CONTENT);

    @TempDir
    Path directory;

    private ContentStore store;

    @BeforeEach
    void setUp() {
        store = new ContentStore(directory);
    }

    private static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    @Test
    void whatWasAddedIsFoundByItsDigest() throws Exception {
        assertThat(store.find(SHA256)).isEmpty();

        Path added = store.add(SHA256, CONTENT.length, stream(CONTENT));

        assertThat(store.find(SHA256)).contains(added);
        assertThat(new ContentStore(directory).find(SHA256)).contains(added);
        assertThat(added).hasBinaryContent(CONTENT).isEqualTo(directory.resolve(SHA256.substring(0, 2) + "/" + SHA256));
    }

    @Test
    void contentWithAnotherDigestOrLengthLeavesNothingBehind() throws Exception {
        byte[] flipped = CONTENT.clone();
        flipped[7] ^= 1;

        assertThatThrownBy(() -> store.add(SHA256, CONTENT.length, stream(flipped)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("has the digest " + Sha256.of(flipped));
        assertThatThrownBy(() -> store.add(SHA256, CONTENT.length + 1, stream(CONTENT)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("ends after 300000 of 300001 bytes");
        assertThatThrownBy(() -> store.add(SHA256, CONTENT.length - 1, stream(CONTENT)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("is longer than its 299999 bytes");
        assertThat(files()).isEmpty();
    }

    @Test
    void aStreamThatBreaksLeavesNothingBehind() throws Exception {
        InputStream breaking = new InputStream() {
            private int left = 200_000;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                left -= length;
                if (left < 0) {
                    throw new IOException("line is down");
                }
                return length;
            }
        };

        assertThatThrownBy(() -> store.add(SHA256, CONTENT.length, breaking)).hasMessage("line is down");

        assertThat(files()).isEmpty();
    }

    @Test
    void aDamagedFileCountsAsAbsentAndIsReplaced() throws Exception {
        Path file = store.add(SHA256, CONTENT.length, stream(CONTENT));
        byte[] flipped = CONTENT.clone();
        flipped[0] ^= 1;
        Files.write(file, flipped);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));

        assertThat(store.find(SHA256)).isEmpty();
        assertThat(new ContentStore(directory).find(SHA256)).isEmpty();
        store.add(SHA256, CONTENT.length, stream(CONTENT));

        assertThat(store.find(SHA256)).contains(file);
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void aFileIsNotReadAgainAsLongAsItsTimeAndLengthStay() throws Exception {
        Path file = store.add(SHA256, CONTENT.length, stream(CONTENT));
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, new byte[CONTENT.length]);
        Files.setLastModifiedTime(file, time);

        assertThat(store.find(SHA256)).contains(file); // not looked into again by this store
        assertThat(new ContentStore(directory).find(SHA256)).isEmpty();
    }

    @Test
    void manyMayAddTheSameContentAtOnce() throws Exception {
        int writers = 8;
        var start = new CountDownLatch(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<Path>> added = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                var ownStore = new ContentStore(directory); // as another process has its own
                Callable<Path> add = () -> {
                    start.countDown();
                    start.await();
                    return ownStore.add(SHA256, CONTENT.length, stream(CONTENT));
                };
                added.add(threads.submit(add));
            }
            for (Future<Path> path : added) {
                assertThat(path.get()).hasBinaryContent(CONTENT);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAfterADay() throws Exception {
        Path incoming = Files.createDirectories(directory.resolve("incoming"));
        Path old = Files.writeString(incoming.resolve("old.part"), "half");
        Path fresh = Files.writeString(incoming.resolve("fresh.part"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

        store.add(SHA256, CONTENT.length, stream(CONTENT));

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void nothingButADigestIsEverAFileName() {
        assertThatThrownBy(() -> store.find("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBaseEncodersFileIsUnpackedFromTheClassPath() throws Exception {
        var tokenizer = BaseEncoders.onClassPath().named("bge-small-en-v1.5").tokenizer();

        Path file = store.find(tokenizer.getSha256()).orElseThrow();

        assertThat(file).hasSize(tokenizer.getBytes()).startsWith(directory);
        assertThat(files()).hasSize(1);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
