package io.lexstream.trainer;

import ai.onnxruntime.OrtEnvironment;
import io.lexstream.model.BaseEncoder;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The manifest of a trained version: what it is, how good, and how to make the same again. */
final class TrainedManifest {
    static {
        TrustedRecords.allow(); // a builder copies, and fills in defaults, by the schema
    }

    private TrainedManifest() {}

    /**
     * All but the files, which the package writer adds.
     *
     * @param method head, lora, last-layers or full
     * @param settings what the method was told, and what it chose
     */
    static ModelManifest of(
            HeadRequest request,
            BaseEncoder base,
            TrainingData data,
            String method,
            Map<String, String> settings,
            Evaluation.Result test,
            List<GoldenCase> golden,
            Instant createdAt) {
        return ModelManifest.newBuilder(draft(request, base, data, createdAt))
                .setName(base.name() + "-" + method)
                .setVersion(request.version())
                .setGoldenCases(golden)
                .setMetrics(metrics(test))
                .setProvenance(provenance(request, base, data, method, settings))
                .setLicense(request.license())
                .build();
    }

    /** A manifest of what is only asked, and thrown away. */
    static ModelManifest draft(HeadRequest request, BaseEncoder base, TrainingData data, Instant createdAt) {
        HeadOptions options = request.options();
        return ModelManifest.newBuilder()
                .setTask(request.task())
                .setName(base.name())
                .setVersion("draft")
                .setCreatedAt(createdAt)
                .setLabels(data.labels())
                .setPooling(options.pooling().manifestName())
                .setMaxTokens(options.maxTokens())
                .setFiles(List.of())
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
            HeadRequest request, BaseEncoder base, TrainingData data, String method, Map<String, String> settings) {
        HeadOptions options = request.options();
        Map<String, String> provenance = new TreeMap<>(settings);
        provenance.put("method", method);
        provenance.put("base", base.name());
        provenance.put("command", request.command());
        provenance.put("seed", String.valueOf(options.seed()));
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
