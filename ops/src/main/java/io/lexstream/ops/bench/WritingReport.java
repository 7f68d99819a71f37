package io.lexstream.ops.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was measured of a model that writes texts.
 *
 * @param work what the rounds got through
 * @param medians per second, by contender: units of the work, or texts
 * @param tokens tokens written for a unit, by contender; none of a model that only quotes
 * @param halfLoad the pipeline's latencies when half as many texts come as it could do
 * @param rowBytes memory of a row; empty if it has no rows, or nobody knows
 */
public record WritingReport(
        Work work,
        Map<String, Double> medians,
        Map<String, Double> tokens,
        Latencies halfLoad,
        OptionalDouble rowBytes) {
    static final String BATCH = "batch";
    /** The precision that does not serve, in the largest batch. */
    static final String OTHER = "other";

    static final String CACHED = "cached";
    static final String UNCACHED = "uncached";
    static final String MODEL = "model-";
    static final String PIPELINE = "pipeline";

    private static final String NOT = "does not apply: ";
    private static final String QUOTES = "it quotes";

    /**
     * What the rounds got through.
     *
     * @param unit what a batch is made of: sentences or texts
     * @param precision that which serves
     * @param forced tokens that were written with and without cache; 0 = not at all
     */
    record Work(
            String task,
            String precision,
            int texts,
            String unit,
            int units,
            int rounds,
            List<Integer> batches,
            int forced) {
        Work {
            batches = List.copyOf(batches);
        }

        int largest() {
            return batches.get(batches.size() - 1);
        }
    }

    public WritingReport {
        medians = Map.copyOf(medians);
        tokens = Map.copyOf(tokens);
    }

    /** The figures by their names in {@code --json}; null where one does not apply. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("task", work.task());
        json.put("precision", work.precision());
        json.put("texts", work.texts());
        json.put("unit", work.unit());
        json.put("units", work.units());
        json.put("rounds", work.rounds());
        for (int batch : work.batches()) {
            put(json, BATCH + batch, BATCH + batch);
        }
        put(json, "fp32", named("fp32"));
        put(json, "int8", named("int8"));
        put(json, CACHED, CACHED);
        put(json, UNCACHED, UNCACHED);
        put(json, "batch" + work.largest() + "ToBatch1", batchGain());
        put(json, "int8ToFp32", ratio(named("int8"), named("fp32")));
        put(json, "cachedToUncached", ratio(CACHED, UNCACHED));
        put(json, "model", model());
        put(json, PIPELINE, speed(PIPELINE));
        put(json, "pipelineToModel", speed(PIPELINE) / model());
        json.set("halfLoadMillis", halfLoad.json());
        put(json, "rowBytes", rowBytes.orElse(Double.NaN));
        return json;
    }

    private void put(ObjectNode json, String field, String contender) {
        ObjectNode speeds = json.putObject(field);
        put(speeds, "perSecond", speed(contender));
        put(speeds, "tokensPerSecond", tokensPerSecond(contender));
    }

    private static void put(ObjectNode json, String field, double value) {
        if (Double.isNaN(value)) {
            json.putNull(field);
        } else {
            json.put(field, BenchReport.rounded(value));
        }
    }

    /** The figures as a table for people. */
    public String table() {
        StringBuilder table = new StringBuilder();
        line(
                table,
                "%s in %s: %d texts of %d %s, median of %d rounds",
                work.task(),
                work.precision(),
                work.texts(),
                work.units(),
                work.unit(),
                work.rounds());
        line(table, "  %-34s %12s %12s", "model alone", work.unit() + "/s", "tokens/s");
        for (int batch : work.batches()) {
            row(
                    table,
                    batch == 1 ? "one at a time" : "batches of " + batch,
                    BATCH + batch,
                    batch == work.largest() ? times(batchGain(), "one at a time") : "");
        }
        row(table, "batches of " + work.largest() + ", fp32", named("fp32"), "");
        row(
                table,
                "batches of " + work.largest() + ", int8",
                named("int8"),
                times(ratio(named("int8"), named("fp32")), "fp32"));
        String forced = work.forced() + " tokens each, ";
        if (work.forced() == 0) {
            line(table, "  with and without a cache: %s", NOT + (tokens.isEmpty() ? QUOTES : "it has none"));
        } else {
            row(table, forced + "without a cache", UNCACHED, "");
            row(table, forced + "with it", CACHED, times(ratio(CACHED, UNCACHED), "without"));
        }
        line(table, "  %-34s %12s", "from text to text", "texts/s");
        line(table, "  %-34s %12.1f", "model alone, at its best", model());
        line(
                table,
                "  %-34s %12.1f   %s",
                "pipeline, topic to topic",
                speed(PIPELINE),
                times(speed(PIPELINE) / model(), "the model alone"));
        line(
                table,
                "  latency at half load (%.1f texts/s): half within %d ms, 95 %% within %d ms, 99 %% within %d ms",
                halfLoad.textsPerSecond(),
                halfLoad.percentile(0.5),
                halfLoad.percentile(0.95),
                halfLoad.percentile(0.99));
        line(table, "  memory of a row that is decoded: %s", memory());
        return table.toString();
    }

    private String memory() {
        if (rowBytes.isPresent()) {
            return String.format(Locale.ROOT, "%.0f KiB", rowBytes.getAsDouble() / 1024);
        }
        return tokens.isEmpty() ? NOT + QUOTES : "not known on this system";
    }

    private void row(StringBuilder table, String name, String contender, String remark) {
        String written =
                tokens.containsKey(contender) ? String.format(Locale.ROOT, "%.1f", tokensPerSecond(contender)) : "-";
        line(table, "  %-34s %12.1f %12s   %s", name, speed(contender), written, remark);
    }

    /** With the budget that suits it best. */
    private double model() {
        return medians.entrySet().stream()
                .filter(median -> median.getKey().startsWith(MODEL))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElse(Double.NaN);
    }

    /** Who has run in that precision, in the largest batch. */
    private String named(String precision) {
        return work.precision().equals(precision) ? BATCH + work.largest() : OTHER;
    }

    private double batchGain() {
        return ratio(BATCH + work.largest(), BATCH + work.batches().get(0));
    }

    private double ratio(String contender, String to) {
        return speed(contender) / speed(to);
    }

    private double speed(String contender) {
        return medians.getOrDefault(contender, Double.NaN);
    }

    private double tokensPerSecond(String contender) {
        return speed(contender) * tokens.getOrDefault(contender, Double.NaN);
    }

    private static String times(double ratio, String of) {
        return String.format(Locale.ROOT, "%.2fx %s", ratio, of);
    }

    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(System.lineSeparator());
    }
}
