package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.model.TrainingProfile.Measure;
import io.lexstream.model.TrainingProfile.Observation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingProfileTest {
    private static final String WHOLE =
            new String(TrainingProfile.of(texts(3, "good", 0.95, 20, 0)).toJson(), StandardCharsets.UTF_8);

    @Test
    void everyTextIsCountedOnceInEachHistogram() {
        TrainingProfile profile = TrainingProfile.of(List.of(
                new Observation("good", 1.0, 8, 0),
                new Observation("bad", 0.55, 9, 1),
                new Observation("good", 0.0, 5000, 2501)));

        assertThat(profile.texts()).isEqualTo(3);
        assertThat(profile.labels()).containsEntry("good", 2L).containsEntry("bad", 1L);
        assertThat(profile.confidence()).containsExactly(1L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 1L);
        assertThat(profile.tokens()).startsWith(1L, 1L, 0L).endsWith(0L, 1L);
        assertThat(profile.unknown()).containsExactly(1L, 0L, 0L, 0L, 0L, 1L, 0L, 1L);
    }

    @Test
    void whatIsWrittenAsJsonIsReadAgain() throws Exception {
        TrainingProfile profile = TrainingProfile.of(texts(40, "good", 0.7, 33, 2));

        assertThat(TrainingProfile.fromJson(profile.toJson())).isEqualTo(profile);
    }

    @Test
    void eachMeasureSeesItsOwnShift() {
        List<Observation> mixed = new ArrayList<>(texts(500, "good", 0.95, 20, 0));
        mixed.addAll(texts(500, "bad", 0.85, 60, 0));
        TrainingProfile training = TrainingProfile.of(mixed);
        List<Observation> skewed = new ArrayList<>(texts(100, "good", 0.95, 20, 0));
        skewed.addAll(texts(900, "bad", 0.85, 60, 30));

        assertThat(training.psi(training).values()).allMatch(psi -> psi == 0);
        assertThat(training.psi(TrainingProfile.of(skewed)).values()).allMatch(psi -> psi > 0.25);
        assertThat(training.psi(TrainingProfile.of(texts(500, "new", 0.95, 20, 0)))
                        .get(Measure.LABELS))
                .isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"format\":2}",
                "not json",
                "{\"format\":1,\"labels\":{\"a\":1},\"confidence\":[1],\"tokens\":[1],\"unknown\":[1]}"
            })
    void whatIsNoProfileIsRefused(String json) {
        assertRefused(json);
    }

    @Test
    void aProfileWhoseNumbersContradictEachOtherIsRefused() {
        assertRefused(WHOLE.replace("\"good\":3", "\"good\":4"));
        assertRefused(WHOLE.replace("\"good\":3", "\"good\":-3"));
        assertRefused(WHOLE.replace("\"good\":3", "\"good\":\"3\""));
        assertRefused(WHOLE.replace("\"good\":3", "\"good\":3.5"));
        assertRefused(WHOLE + "{}");
    }

    private static void assertRefused(String json) {
        assertThatThrownBy(() -> TrainingProfile.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelRejectedException.class);
    }

    private static List<Observation> texts(int count, String label, double confidence, int tokens, int unknown) {
        return Collections.nCopies(count, new Observation(label, confidence, tokens, unknown));
    }
}
