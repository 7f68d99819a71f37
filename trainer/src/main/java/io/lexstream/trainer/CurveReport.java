package io.lexstream.trainer;

import io.lexstream.trainer.tuning.CurvePoint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The training of a model that writes text on one page: curves and settings, a single HTML file with nothing to load.
 *
 * @param title what was trained, such as {@code translation@3}
 * @param curve in the order of the steps
 * @param settings name and value, in order
 */
public record CurveReport(String title, List<CurvePoint> curve, Map<String, String> settings) {
    public CurveReport {
        curve = List.copyOf(curve);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public String html() {
        List<Double> steps = values(CurvePoint::step);
        LineChart loss = new LineChart("Cross entropy of a token")
                .add("training rows", "train", steps, values(CurvePoint::loss))
                .add("development rows", "dev", steps, values(CurvePoint::devLoss));
        LineChart hits = new LineChart("Right tokens, given those before")
                .add("development rows", "dev", steps, values(CurvePoint::devScore));
        LineChart rate =
                new LineChart("Learning rate").add("learning rate", "rate", steps, values(CurvePoint::learningRate));
        StringBuilder page = new StringBuilder(TrainingReport.head(title));
        for (LineChart chart : List.of(loss, hits, rate)) {
            if (!chart.isEmpty()) {
                page.append(TrainingReport.section(chart.title(), chart.legend() + chart.svg()));
            }
        }
        page.append(TrainingReport.section("Settings", TrainingReport.table(settings)));
        return page.append(TrainingReport.FOOT).toString();
    }

    private List<Double> values(ToDoubleFunction<CurvePoint> value) {
        return curve.stream().map(value::applyAsDouble).toList();
    }
}
