package io.lexstream.ops.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * How long events took from when they were due to be sent until their result could be read, at an even pace.
 *
 * @param textsPerSecond that pace
 * @param sortedMillis one an event, the shortest first
 */
record Latencies(double textsPerSecond, List<Long> sortedMillis) {
    Latencies {
        sortedMillis = sortedMillis.stream().sorted().toList();
        if (sortedMillis.isEmpty()) {
            throw new IllegalArgumentException("no event was measured");
        }
    }

    /** Milliseconds that {@code share} of the events did not exceed (nearest rank). */
    long percentile(double share) {
        int rank = (int) Math.ceil(share * sortedMillis.size());
        return sortedMillis.get(Math.min(sortedMillis.size(), Math.max(1, rank)) - 1);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("textsPerSecond", BenchReport.rounded(textsPerSecond));
        json.put("p50", percentile(0.5));
        json.put("p95", percentile(0.95));
        json.put("p99", percentile(0.99));
        return json;
    }
}
