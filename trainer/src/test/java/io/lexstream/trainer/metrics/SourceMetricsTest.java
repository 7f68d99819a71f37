package io.lexstream.trainer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceMetricsTest {
    private static final List<Segment> SEGMENTS = List.of(
            new Segment("Das  ist gut.", "Das ist\u00a0gut.", "This is good."),
            new Segment("Es ist kaputt.", "It IST broken.", "It is quite broken."),
            new Segment("Nie wieder!", "", "Never again!"));

    @Test
    void theLengthRatioIsOfAllTextsTogether() {
        // Written: 4, 4 and 0 words; expected: 4, 5 and 3.
        assertThat(new LengthRatio().score(SEGMENTS)).isCloseTo(8 / 12.0, within(1e-12));
    }

    @Test
    void severalReferencesExpectTheirMeanLength() {
        Segment segment = new Segment("", "a b", List.of("a b c", "a b c d e"));

        assertThat(new LengthRatio().score(List.of(segment))).isEqualTo(0.5);
    }

    @Test
    void aCopyIsTheSourceWithWhiteSpaceAside() {
        assertThat(new CopyRate().score(SEGMENTS)).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void theOverlapIsTheShareOfWordsThatTheSourceHasToo() {
        // 4 of 4, and "ist" and "." of 4.
        assertThat(new SourceOverlap().score(SEGMENTS)).isEqualTo(6 / 8.0);
    }

    @Test
    void aWordRepeatedCountsAsOftenAsTheSourceHasIt() {
        assertThat(new SourceOverlap().score(List.of(new Segment("no way", "no no no way", "x"))))
                .isEqualTo(0.5);
    }
}
