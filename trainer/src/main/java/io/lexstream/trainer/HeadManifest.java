package io.lexstream.trainer;

import ai.onnxruntime.OrtEnvironment;
import io.lexstream.model.BaseEncoder;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The manifest of a trained head: what it is, how good, and how to make the same again. */
final class HeadManifest {
    private HeadManifest() {}

    /** All but the files, which the package writer adds. */
    static ModelManifest of(
            HeadRequest request,
            BaseEncoder base,
            TrainingData data,
            HeadFitting.Trial trial,
            Evaluation.Result test,
            List<GoldenCase> golden,
            Instant createdAt) {
        HeadOptions options = request.options();
        return ModelManifest.newBuilder()
                .setTask(request.task())
                .setName(base.name() + "-head")
                .setVersion(request.version())
                .setCreatedAt(createdAt)
                .setLabels(data.labels())
                .setPooling(options.pooling().manifestName())
                .setMaxTokens(options.maxTokens())
                .setFiles(List.of())
                .setGoldenCases(golden)
                .setMetrics(metrics(test))
                .setProvenance(provenance(request, base, data, trial))
                .setLicense(request.license())
                .build();
    }

    private static Map<String, Double> metrics(Evaluation.Result result) {
        Map<String, Double> metrics = new TreeMap<>();
        for (ClassificationReport file : result.files()) {
            metrics.put(file.name() + "/accuracy", file.accuracy());
            metrics.put(file.name() + "/macroF1", file.macroF1());
            metrics.put(file.name() + "/ece", file.ece());
        }
        return metrics;
    }

    private static Map<String, String> provenance(
            HeadRequest request, BaseEncoder base, TrainingData data, HeadFitting.Trial trial) {
        HeadOptions options = request.options();
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("method", "head");
        provenance.put("base", base.name());
        provenance.put("command", request.command());
        provenance.put("seed", String.valueOf(options.seed()));
        provenance.put("penalty", String.valueOf(trial.penalty()));
        provenance.put("sourceEvenness", String.valueOf(options.weights().sourceEvenness()));
        provenance.put("labelEvenness", String.valueOf(options.weights().labelEvenness()));
        provenance.put("heldOut", String.valueOf(options.heldOut()));
        provenance.put("java", Runtime.version().toString());
        provenance.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
        for (LabeledTexts file : data.files()) {
            provenance.put("data/" + file.name(), file.rows().size() + " rows of sha256 " + file.sha256());
        }
        return provenance;
    }
}
