package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorpusSplitTest {
    @Test
    void mostMessagesAreForTrainingAndTheSameAlways() {
        Map<CorpusSplit, Integer> counts = new EnumMap<>(CorpusSplit.class);
        for (int i = 0; i < 4000; i++) {
            counts.merge(CorpusSplit.of("c1-" + i), 1, Integer::sum);
            assertThat(CorpusSplit.of("c1-" + i)).isEqualTo(CorpusSplit.of("c1-" + i));
        }

        assertThat(counts.get(CorpusSplit.TRAIN)).isBetween(3100, 3300);
        assertThat(counts.get(CorpusSplit.DEV)).isBetween(140, 260);
        assertThat(counts.get(CorpusSplit.TEST)).isBetween(520, 680);
    }

    @Test
    void aLineIsInOnePartAndKeepsItsNumber() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            lines.append("{\"id\":\"m-").append(i).append("\"}\n");
        }
        String[] all = lines.toString().lines().toArray(String[]::new);

        for (int i = 0; i < 60; i++) {
            for (CorpusSplit part : CorpusSplit.values()) {
                String[] kept = new String(
                                part.of(lines.toString().getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8)
                        .split("\n", -1);
                assertThat(kept[i]).isEqualTo(CorpusSplit.of("m-" + i) == part ? all[i] : "");
            }
        }
    }

    @Test
    void aLineWithoutAnIdIsInAllPartsAndSoIsOneThatIsNoJson() {
        byte[] lines = "{\"en\":\"a\"}\nnonsense\n{\"id\":7}".getBytes(StandardCharsets.UTF_8);

        for (CorpusSplit part : CorpusSplit.values()) {
            assertThat(new String(part.of(lines), StandardCharsets.UTF_8))
                    .isEqualTo("{\"en\":\"a\"}\nnonsense\n{\"id\":7}\n");
        }
    }
}
