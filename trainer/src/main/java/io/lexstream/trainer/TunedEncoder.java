package io.lexstream.trainer;

import io.lexstream.trainer.tuning.CurvePoint;
import java.util.List;
import java.util.Map;

/**
 * An encoder that was fine-tuned, and the heads that were trained with it.
 *
 * @param adapter the low-rank matrices as a file; empty for other methods
 * @param graph the whole graph as a file; empty for low-rank matrices
 * @param heads by task
 * @param parameters number of weights that were trained
 */
record TunedEncoder(
        byte[] adapter,
        byte[] graph,
        Map<String, LinearHead> heads,
        List<CurvePoint> curve,
        long parameters,
        long rowsSeen,
        int steps) {
    TunedEncoder {
        heads = Map.copyOf(heads);
        curve = List.copyOf(curve);
        if ((adapter.length == 0) == (graph.length == 0)) {
            throw new IllegalArgumentException("either an adapter or a graph, not both");
        }
    }

    /** @throws IllegalArgumentException if none was trained for that task */
    LinearHead head(String task) {
        LinearHead head = heads.get(task);
        if (head == null) {
            throw new IllegalArgumentException("no head was trained for " + task + ", only for " + heads.keySet());
        }
        return head;
    }
}
