package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.runtime.NativeMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Native memory of a process that generates on and on. Cached tensors of one round take 30 MB together. */
class NativeLeakIT {
    private static final int ROUNDS = 12;
    private static final long MOST_GROWTH_KIB = 40_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Seq2SeqLayout.class)
    void generatingOnAndOnTakesNoMoreMemory(Seq2SeqLayout layout) throws Exception {
        TinySeq2Seq model = new TinySeq2Seq(TinyTransformer.Shape.MARIAN, 33);
        List<long[]> sources = Sources.random(200);
        Decoding beams = Decoding.GREEDY
                .withTokens(0, 24)
                .withRepetition(2, 1)
                .withBeams(4)
                .withBatchTokens(100_000);

        try (TokenGenerator generator = TokenGenerator.of(
                Seq2SeqGraphs.open(model.write(folder, layout), 0, false, 1), model.tokens(), System::nanoTime)) {
            run(generator, sources, beams, ROUNDS / 2); // until every arena is as large as it gets
            long before = residentKib();
            run(generator, sources, beams, ROUNDS);

            assertThat(residentKib() - before).isLessThan(MOST_GROWTH_KIB);
        }
    }

    private static void run(TokenGenerator generator, List<long[]> sources, Decoding decoding, int rounds) {
        for (int round = 0; round < rounds; round++) {
            assertThat(generator.generate(sources, decoding)).hasSize(sources.size());
        }
    }

    private static long residentKib() throws Exception {
        System.gc();
        NativeMemory.trim();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
