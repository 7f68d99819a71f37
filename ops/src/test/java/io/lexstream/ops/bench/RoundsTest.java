package io.lexstream.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> order = new ArrayList<>();
    private final StringWriter progress = new StringWriter();

    private Rounds.Turn turn(String name, double... speeds) {
        List<String> texts = List.of("a", "b");
        return new Rounds.Turn(
                new Contender() {
                    private int next;

                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public double textsPerSecond(List<String> given) {
                        assertThat(given).isEqualTo(texts);
                        order.add(name);
                        return speeds[next++];
                    }
                },
                texts);
    }

    @Test
    void contendersTakeTurnsAndTheFirstRoundDoesNotCount() throws Exception {
        Map<String, Double> medians = new Rounds(3, new PrintWriter(progress))
                .medians("mixed", List.of(turn("one", 1000, 1, 3, 2), turn("other", 1000, 7, 5, 9)));

        assertThat(medians).containsOnly(entry("one", 2.0), entry("other", 7.0));
        assertThat(order).containsExactly("one", "other", "one", "other", "one", "other", "one", "other");
        assertThat(progress.toString()).contains("warm-up: one").contains("round 3 of 3: other");
    }

    @Test
    void ofAnEvenNumberTheMedianLiesBetween() {
        assertThat(Rounds.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
    }
}
