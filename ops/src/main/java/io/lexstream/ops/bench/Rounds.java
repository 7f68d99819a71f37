package io.lexstream.ops.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs contenders in turn, round after round, so that a slow minute of the machine hits all of them; what counts is
 * each one's median. A first round is not counted: compiling Java code takes a tenth of two cores for as long.
 */
final class Rounds {
    private final int rounds;
    private final PrintWriter progress;

    /** @param rounds that count */
    Rounds(int rounds, PrintWriter progress) {
        this.rounds = rounds;
        this.progress = progress;
    }

    /** A contender and what it is to get through in each round. */
    record Turn(Contender contender, List<String> texts) {}

    /**
     * Texts per second, by contender.
     *
     * @param kind of texts, for whoever watches
     */
    Map<String, Double> medians(String kind, List<Turn> turns) throws Exception {
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        Instant started = Instant.now();
        int done = 0;
        for (int round = 0; round <= rounds; round++) {
            for (Turn turn : turns) {
                String name = turn.contender.name();
                double speed = turn.contender.textsPerSecond(turn.texts);
                if (round > 0) {
                    speeds.computeIfAbsent(name, key -> new ArrayList<>()).add(speed);
                }
                report(kind, round, name, speed, started, ++done, (rounds + 1) * turns.size());
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        speeds.forEach((name, values) -> medians.put(name, median(values)));
        return medians;
    }

    private void report(String kind, int round, String name, double speed, Instant started, int done, int all) {
        long perStep = Duration.between(started, Instant.now()).toSeconds() / done;
        String which = round == 0 ? "warm-up" : "round " + round + " of " + rounds;
        progress.printf("%s, %s: %-9s %8.1f texts/s   (%d s left)%n", kind, which, name, speed, perStep * (all - done));
        progress.flush();
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
