package io.lexstream.trainer;

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
            TrainingRequest<HeadOptions> request,
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
    static ModelManifest draft(
            TrainingRequest<HeadOptions> request, BaseEncoder base, TrainingData data, Instant createdAt) {
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
            TrainingRequest<HeadOptions> request,
            BaseEncoder base,
            TrainingData data,
            String method,
            Map<String, String> settings) {
        HeadOptions options = request.options();
        Map<String, String> all = new TreeMap<>(settings);
        all.put("sourceEvenness", String.valueOf(options.weights().sourceEvenness()));
        all.put("labelEvenness", String.valueOf(options.weights().labelEvenness()));
        all.put("heldOut", String.valueOf(options.fit().heldOut()));
        Provenance provenance = Provenance.of(request, base, method, options.seed(), all);
        data.files().forEach(file -> provenance.data(file.name(), file.rows().size(), file.sha256()));
        return provenance.entries();
    }
}
