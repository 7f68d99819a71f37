package io.lexstream.ops.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;

/**
 * What an audit did and found.
 *
 * @param records events sent
 * @param swaps promotions while they flowed
 * @param crashes how often an instance ended by itself
 * @param nativeCrashes how often native code ended one, whatever else that was counted as
 * @param uncleanStops how often SIGTERM did not end an instance with exit code 0 within 30 s
 * @param took from the first record to the last one's outcome
 */
public record AuditReport(
        long records,
        int kills,
        int terms,
        int swaps,
        int crashes,
        int nativeCrashes,
        int uncleanStops,
        Duration took,
        Findings findings) {

    /** Whether every promise was kept. */
    public boolean passed() {
        return findings.clean() && crashes == 0 && nativeCrashes == 0 && uncleanStops == 0;
    }

    public long lost() {
        return findings.lost();
    }

    public long doubled() {
        return findings.doubled();
    }

    public long reordered() {
        return findings.reordered();
    }

    public long wrongLabel() {
        return findings.wrongLabel();
    }

    /** As one JSON object. */
    public String json() {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("records", records)
                .put("kills", kills)
                .put("terms", terms)
                .put("lost", findings.lost())
                .put("doubled", findings.doubled())
                .put("reordered", findings.reordered())
                .put("wrongLabel", findings.wrongLabel())
                .put("unexpected", findings.unexpected())
                .put("results", findings.results())
                .put("deadLetters", findings.deadLetters())
                .put("swaps", swaps)
                .put("crashes", crashes)
                .put("nativeCrashes", nativeCrashes)
                .put("uncleanStops", uncleanStops);
        ObjectNode versions = object.putObject("versions");
        findings.versions().forEach((task, counts) -> counts.forEach(versions.putObject(task)::put));
        return object.put("seconds", took.toMillis() / 1000.0).toString();
    }

    /** For people, several lines. */
    public String table() {
        StringBuilder table = new StringBuilder();
        line(table, "records", records, "");
        line(table, "results", findings.results(), versions());
        line(table, "dead letters", findings.deadLetters(), "");
        line(table, "kills", kills, "SIGKILL");
        line(table, "terms", terms, "SIGTERM, " + uncleanStops + " of them not clean");
        line(table, "swaps", swaps, "");
        line(table, "crashes", crashes, "native: " + nativeCrashes);
        table.append('\n');
        line(table, "lost", findings.lost(), "");
        line(table, "doubled", findings.doubled(), "");
        line(table, "reordered", findings.reordered(), "");
        line(table, "wrong label", findings.wrongLabel(), "");
        line(table, "unexpected", findings.unexpected(), "");
        findings.examples()
                .forEach(example -> table.append("  ").append(example).append('\n'));
        table.append('\n');
        table.append(passed() ? "exactly once" : "NOT exactly once")
                .append(String.format(Locale.ROOT, ", in %.0f s", took.toMillis() / 1000.0));
        return table.toString();
    }

    private String versions() {
        StringBuilder text = new StringBuilder();
        findings.versions()
                .forEach((task, counts) -> text.append(text.isEmpty() ? "" : "; ")
                        .append(task)
                        .append(' ')
                        .append(counts));
        return text.toString();
    }

    private static void line(StringBuilder table, String name, long value, String note) {
        table.append(String.format(Locale.ROOT, "%-12s %,9d  %s", name, value, note)
                        .stripTrailing())
                .append('\n');
    }
}
