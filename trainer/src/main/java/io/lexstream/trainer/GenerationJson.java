package io.lexstream.trainer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lexstream.trainer.metrics.Figure;
import java.time.Duration;
import java.util.Map;

/** An evaluation of written texts as one JSON object for programs; scores are 0 to 1. */
public final class GenerationJson {
    private GenerationJson() {}

    /**
     * All files together; with more than one, each also by itself under {@code files}.
     *
     * @param model names the version that was measured
     */
    public static ObjectNode of(String task, String model, GenerationEvaluation.Result result, Duration took) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("task", task);
        json.put("model", model);
        write(result.together(), json);
        json.put("seconds", took.toMillis() / 1000.0);
        if (!result.task().signatures().isEmpty()) {
            ObjectNode signatures = json.putObject("signatures");
            result.task().signatures().forEach(signatures::put);
        }
        if (result.files().size() > 1) {
            for (GenerationReport file : result.files()) {
                write(file, json.withArray("files").addObject().put("name", file.name()));
            }
        }
        return json;
    }

    private static void write(GenerationReport report, ObjectNode json) {
        json.put("rows", report.rows());
        json.put("skipped", report.skipped());
        write(report.figures(), json);
        ObjectNode baselines = json.putObject("baseline");
        report.baselines().forEach((name, figures) -> write(figures, baselines.putObject(name)));
    }

    private static void write(Map<String, Figure> figures, ObjectNode json) {
        figures.forEach((metric, figure) -> json.put(metric, figure.value()));
        ObjectNode intervals = json.putObject("interval95");
        figures.forEach((metric, figure) -> intervals
                .putArray(metric)
                .add(figure.interval().low())
                .add(figure.interval().high()));
    }
}
