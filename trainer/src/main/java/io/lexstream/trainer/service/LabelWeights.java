package io.lexstream.trainer.service;

import io.lexstream.schemas.LabelKind;
import io.lexstream.schemas.TextLabel;
import java.util.Map;

/**
 * How much a label counts.
 *
 * @param bySource factors for the labels of some sources; the others have 1
 */
record LabelWeights(double correction, double stars, Map<String, Double> bySource) {
    LabelWeights {
        bySource = Map.copyOf(bySource);
    }

    double of(TextLabel label) {
        double kind = label.getKind() == LabelKind.STAR_RATING ? stars : correction;
        return kind * bySource.getOrDefault(label.getSource(), 1.0);
    }
}
