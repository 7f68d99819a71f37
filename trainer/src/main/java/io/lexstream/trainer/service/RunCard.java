package io.lexstream.trainer.service;

import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrainerRun;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The model card of a version that the service has made, as Markdown: from what, how, and what the gate said of it. */
final class RunCard {
    private RunCard() {}

    /** @param reasons the verdict, a sentence a check */
    static String of(ModelManifest manifest, TrainerRun run, List<String> reasons) {
        StringJoiner card = new StringJoiner("\n", "", "\n");
        card.add("# " + manifest.getTask() + "@" + manifest.getVersion());
        card.add("");
        card.add("%s. Made by the trainer from people's labels, going on from version %s (run %s, begun %s by %s)."
                .formatted(
                        LabelForm.of(manifest).does(),
                        manifest.getParent(),
                        run.getRunId(),
                        run.getStartedAt(),
                        run.getTrigger()));
        card.add("");
        card.add("%d rows were fitted to, %d were held out. It is served in %s."
                .formatted(run.getExamples(), run.getHeldOut(), String.join(" or ", manifest.getPrecisions())));
        card.add("");
        card.add("## What the gate said");
        card.add("");
        reasons.forEach(reason -> card.add("- " + reason));
        table(card, "Figures", "metric", new TreeMap<>(manifest.getMetrics()));
        table(card, "How it was made", "setting", new TreeMap<>(manifest.getProvenance()));
        card.add("");
        card.add("License: " + (manifest.getLicense().isEmpty() ? "not stated" : manifest.getLicense()));
        return card.toString();
    }

    private static void table(StringJoiner card, String title, String name, Map<String, ?> rows) {
        card.add("").add("## " + title).add("").add("| " + name + " | value |").add("|---|---|");
        rows.forEach((key, value) -> card.add("| %s | %s |"
                .formatted(cell(key), cell(value instanceof Double figure ? "%.4f".formatted(figure) : value))));
    }

    private static String cell(Object text) {
        return text.toString().replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
