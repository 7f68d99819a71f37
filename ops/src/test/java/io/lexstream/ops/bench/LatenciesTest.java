package io.lexstream.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void aPercentileIsTheLatencyThatSoManyDidNotExceed() {
        List<Long> downwards =
                LongStream.rangeClosed(1, 200).map(value -> 201 - value).boxed().toList();

        Latencies latencies = new Latencies(50, downwards);

        assertThat(latencies.percentile(0.5)).isEqualTo(100);
        assertThat(latencies.percentile(0.95)).isEqualTo(190);
        assertThat(latencies.percentile(0.99)).isEqualTo(198);
        assertThat(latencies.percentile(1)).isEqualTo(200);
        assertThat(latencies.percentile(0)).isEqualTo(1);
    }

    @Test
    void ofOneEventAllPercentilesAreItsOwn() {
        assertThat(new Latencies(1, List.of(7L)).json().toString())
                .isEqualTo("{\"textsPerSecond\":1.0,\"p50\":7,\"p95\":7,\"p99\":7}");
    }

    @Test
    void nothingMeasuredIsNoMeasurement() {
        assertThatThrownBy(() -> new Latencies(1, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
