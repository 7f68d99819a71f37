package io.lexstream.trainer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** An evaluation as one JSON object for programs; shares are 0 to 1. */
public final class EvaluationJson {
    private EvaluationJson() {}

    /**
     * All files together; with more than one, each also by itself under {@code files}.
     *
     * @param model names the version that was measured
     */
    public static ObjectNode of(String task, String model, Evaluation.Result result, Duration took) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("task", task);
        json.put("model", model);
        write(result.together(), json);
        json.put("seconds", took.toMillis() / 1000.0);
        if (result.files().size() > 1) {
            for (ClassificationReport file : result.files()) {
                write(file, json.withArray("files").addObject().put("name", file.name()));
            }
        }
        return json;
    }

    private static void write(ClassificationReport report, ObjectNode json) {
        json.put("rows", report.rows());
        json.put("skipped", report.skipped());
        json.put("accuracy", report.accuracy());
        json.put("macroF1", report.macroF1());
        ObjectNode f1 = json.putObject("f1");
        report.perLabel().forEach((label, score) -> f1.put(label, score.f1()));
        json.put("ece", report.ece());
        json.putObject("baseline")
                .put("label", report.baseline().label())
                .put("accuracy", report.baseline().accuracy())
                .put("macroF1", report.baseline().macroF1());
    }
}
