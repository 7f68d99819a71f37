package io.lexstream.inference;

import io.lexstream.runtime.GraphRecipe;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Measures bge-small-en-v1.5 in int8 against fp32, on one thread, the two taking turns; docs/measurements.md has the
 * command and what it said.
 */
final class Int8Speed {
    /** The graphs run on the calling thread. Its CPU time is less moved by a busy machine than the clock is. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private static final int ROUNDS = 10;
    private static final int[][] SHAPES = {{16, 32}, {4, 128}, {1, 32}};

    private Int8Speed() {}

    /** Prints a line a shape: the best of the rounds for each precision. */
    @SuppressWarnings("SystemOut") // a measurement for people
    public static void main(String[] arguments) throws Exception {
        BgeFiles files = BgeFiles.unpackTo(Files.createTempDirectory("int8-speed"));
        try (TokenGraph exact = open(files.graph(), false);
                TokenGraph int8 = open(files.graph(), true)) {
            for (int[] shape : SHAPES) {
                measure(exact, int8, rows(shape[0], shape[1]), System.out);
            }
        }
    }

    private static TokenGraph open(Path graph, boolean int8) throws Exception {
        return TokenGraph.open(new GraphRecipe(graph, Optional.empty(), int8), 3, 1);
    }

    private static void measure(TokenGraph exact, TokenGraph int8, List<long[]> rows, PrintStream out) {
        long exactNanos = Long.MAX_VALUE;
        long int8Nanos = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            exactNanos = Math.min(exactNanos, nanos(exact, rows));
            int8Nanos = Math.min(int8Nanos, nanos(int8, rows));
        }
        out.printf(
                "%2d x %3d tokens: fp32 %6.1f CPU ms, int8 %6.1f CPU ms, %.2fx%n",
                rows.size(), rows.get(0).length, exactNanos / 1e6, int8Nanos / 1e6, (double) exactNanos / int8Nanos);
    }

    private static long nanos(TokenGraph graph, List<long[]> rows) {
        long started = CPU.getCurrentThreadCpuTime();
        graph.run(rows);
        return CPU.getCurrentThreadCpuTime() - started;
    }

    private static List<long[]> rows(int count, int tokens) {
        Random random = new Random(1);
        List<long[]> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(random.longs(tokens, 1_000, 29_000).toArray());
        }
        return rows;
    }
}
