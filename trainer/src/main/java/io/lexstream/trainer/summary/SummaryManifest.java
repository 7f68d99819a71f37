package io.lexstream.trainer.summary;

import io.lexstream.inference.Pooling;
import io.lexstream.model.BaseEncoder;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.trainer.FitOptions;
import io.lexstream.trainer.Provenance;
import io.lexstream.trainer.TrainingRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The manifest of a trained summarizer: what it is, how good, and how to make the same again. */
record SummaryManifest(
        TrainingRequest<FitOptions> request,
        BaseEncoder base,
        SummaryData data,
        RankerFitting.Trial trial,
        SummaryCard.Quality quality) {
    /** What the base encoders were trained to compare sentences by. */
    static final Pooling POOLING = Pooling.CLS;

    static {
        TrustedRecords.allow(); // a builder copies, and fills in defaults, by the schema
    }

    /** All but the files, which the package writer adds. */
    ModelManifest manifest(List<GoldenCase> golden, Instant createdAt) {
        return ModelManifest.newBuilder()
                .setTask(request.task())
                .setName(base.name() + "-extractive")
                .setVersion(request.version())
                .setKind("summary")
                .setCreatedAt(createdAt)
                .setPooling(POOLING.manifestName())
                .setMaxTokens(request.options().maxTokens())
                .setFiles(List.of())
                .setGoldenCases(golden)
                .setMetrics(metrics())
                .setProvenance(provenance())
                .setLicense(request.license())
                .build();
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        for (SummaryScores file : quality.reported()) {
            metrics.put(file.file() + "/rouge1", file.model().rouge1());
            metrics.put(file.file() + "/rouge2", file.model().rouge2());
            metrics.put(file.file() + "/rougeL", file.model().rougeL());
        }
        return metrics;
    }

    private Map<String, String> provenance() {
        Map<String, String> chosen = Map.of("penalty", String.valueOf(trial.penalty()));
        Provenance provenance =
                Provenance.of(request, base, "extractive", request.options().seed(), chosen);
        data.files().forEach(file -> provenance.data(file.name(), file.rows().size(), file.sha256()));
        return provenance.entries();
    }
}
