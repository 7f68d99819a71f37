package io.lexstream.trainer.seq2seq;

import io.lexstream.inference.Precision;
import io.lexstream.trainer.GenerationReport;
import io.lexstream.trainer.GenerationTask;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Whether a version that writes may be served in int8: by how good what both forms write of the development rows is.
 *
 * @param exact of fp32, all files together
 * @param rounded of int8
 */
record WrittenInt8(GenerationTask task, GenerationReport exact, GenerationReport rounded) {
    /** Of BLEU, chrF, ROUGE: half a point. */
    private static final double MOST_LOSS = 0.005;

    boolean admitted() {
        return task.qualityMetrics().stream()
                .allMatch(metric -> exact.value(metric) - rounded.value(metric) <= MOST_LOSS);
    }

    /** For the manifest. */
    List<String> precisions() {
        List<Precision> precisions = admitted() ? List.of(Precision.FP32, Precision.INT8) : List.of(Precision.FP32);
        return precisions.stream().map(Precision::settingName).toList();
    }

    @Override
    public String toString() {
        StringJoiner figures = new StringJoiner(", ");
        for (String metric : task.qualityMetrics()) {
            figures.add(String.format(
                    Locale.ROOT, "%s %.1f for %.1f", metric, 100 * rounded.value(metric), 100 * exact.value(metric)));
        }
        return "int8 is %s: on %d development rows %s of fp32"
                .formatted(admitted() ? "admitted" : "refused", exact.rows(), figures);
    }
}
