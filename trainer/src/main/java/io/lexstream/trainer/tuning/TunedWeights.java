package io.lexstream.trainer.tuning;

import io.lexstream.onnx.LinearLayer;
import java.util.List;
import java.util.Map;

/**
 * What a training came to: the best weights on the development rows.
 *
 * @param weights trained initialisers by name, row-major
 * @param adapted layers that have low-rank matrices; none for other methods
 */
public record TunedWeights(
        Map<String, float[]> weights, List<LinearLayer> adapted, List<CurvePoint> curve, int updates, long seen) {}
