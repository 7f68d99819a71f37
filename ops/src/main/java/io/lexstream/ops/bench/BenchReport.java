package io.lexstream.ops.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured with one kind of texts.
 *
 * @param texts texts of a round
 * @param rounds how often each contender ran
 * @param medians texts per second by contender
 * @param paddingShare padding in the pipeline's batches, 0..1 of all tokens that were computed
 */
public record BenchReport(String kind, int texts, int rounds, Map<String, Double> medians, double paddingShare) {
    public BenchReport {
        medians = Map.copyOf(medians);
    }

    /** Texts per second of tokenising, inference and Kafka one after the other, each at its best. */
    double bound() {
        return 1 / (1 / onnx() + 1 / speed("tokenizer") + 1 / speed("kafka"));
    }

    /** ONNX Runtime alone, with the budget that suits it best. */
    private double onnx() {
        return medians.entrySet().stream()
                .filter(median -> median.getKey().startsWith(ModelAlone.ONNX))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElse(Double.NaN);
    }

    /** The figures by their names in {@code --json}. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", kind);
        json.put("texts", texts);
        json.put("rounds", rounds);
        json.put("tokenizer", rounded(speed("tokenizer")));
        json.put("onnx", rounded(onnx()));
        json.put("kafka", rounded(speed("kafka")));
        json.put("pipeline", rounded(speed("pipeline")));
        json.put("bound", rounded(bound()));
        for (String name : new String[] {"single", "fixed", "fifo", "oneTask"}) {
            json.put(name, rounded(speed(name)));
        }
        json.put("pipelineToBound", rounded(speed("pipeline") / bound()));
        json.put("pipelineToSingle", rounded(speed("pipeline") / speed("single")));
        json.put("pipelineToBestBaseline", rounded(speed("pipeline") / bestBaseline()));
        json.put("allTasksToOneTask", rounded(speed("oneTask") / speed("pipeline")));
        json.put("paddingShare", rounded(paddingShare));
        return json;
    }

    /** The figures as a table for people. */
    public String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT, "%s texts: %d a round, median of %d rounds, texts/s%n", kind, texts, rounds));
        row(table, "tokeniser alone", speed("tokenizer"), "");
        row(table, "ONNX Runtime alone, at its best", onnx(), "");
        row(table, "Kafka alone, identity topology", speed("kafka"), "");
        row(table, "bound: the three in sequence", bound(), "");
        row(table, "pipeline", speed("pipeline"), ratio(speed("pipeline") / bound(), "of the bound"));
        row(
                table,
                "  with one task only",
                speed("oneTask"),
                ratio(speed("oneTask") / speed("pipeline"), "cost of all tasks"));
        row(table, "one record at a time", speed("single"), against("single"));
        row(table, "fixed batches, arrival order", speed("fixed"), against("fixed"));
        row(table, "token budget, arrival order", speed("fifo"), against("fifo"));
        table.append(String.format(Locale.ROOT, "  padding in the pipeline's batches: %.1f %%%n", 100 * paddingShare));
        return table.toString();
    }

    private String against(String baseline) {
        return ratio(speed("pipeline") / speed(baseline), "pipeline against this");
    }

    private double bestBaseline() {
        return Math.max(speed("single"), Math.max(speed("fixed"), speed("fifo")));
    }

    private double speed(String name) {
        return medians.getOrDefault(name, Double.NaN);
    }

    private static void row(StringBuilder table, String name, double speed, String remark) {
        table.append(String.format(Locale.ROOT, "  %-34s %10.1f   %s%n", name, speed, remark));
    }

    private static String ratio(double ratio, String of) {
        return String.format(Locale.ROOT, "%.2fx %s", ratio, of);
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
