package io.lexstream.trainer.seq2seq;

import io.lexstream.model.ModelPackage;
import io.lexstream.trainer.tuning.DevScore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What a fine-tuned model that writes text says of itself: for people a page, for machines metrics and provenance.
 *
 * @param before score of the parent on the development rows
 * @param after score of the version as it is stored
 * @param settings name and value
 * @param origin the command or the run that asked for it
 */
record GeneratorCard(
        ModelPackage parent,
        String version,
        List<PairRows> train,
        List<PairRows> dev,
        DevScore before,
        DevScore after,
        Map<String, String> settings,
        String origin) {
    String markdown() {
        String license = parent.manifest().getLicense();
        StringJoiner page = new StringJoiner("\n\n", "", "\n");
        page.add("# %s@%s".formatted(parent.version().task(), version));
        page.add("%s (%s), trained on with the method %s."
                .formatted(parent.version(), parent.manifest().getName(), settings.getOrDefault("method", "")));
        page.add("- License of the model it was made from: " + (license.isEmpty() ? "not stated" : license));
        page.add("## How far it came").add(scores());
        page.add("## Data").add(rows());
        page.add("## How it was made").add(CardTables.settings(settings)).add("```\n" + origin + "\n```");
        return page.toString();
    }

    private String scores() {
        StringJoiner table = new StringJoiner("\n");
        table.add("Cross entropy of a token in nats, and the share of right tokens given those before, on the"
                + " development rows, which chose among the weights:\n");
        table.add("| version | cross entropy | right tokens |").add("|---|---:|---:|");
        table.add(score(parent.version().toString(), before)).add(score("this one, as stored", after));
        return table.toString();
    }

    private static String score(String name, DevScore score) {
        return String.format(Locale.ROOT, "| %s | %.4f | %.1f %% |", name, score.loss(), 100 * score.macroF1());
    }

    private String rows() {
        Map<String, List<PairRows>> files = new LinkedHashMap<>();
        files.put("training", train);
        files.put("development", dev);
        return CardTables.files(files);
    }

    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("dev/crossEntropy", after.loss());
        metrics.put("dev/rightTokens", after.macroF1());
        metrics.put("dev/parentCrossEntropy", before.loss());
        metrics.put("dev/parentRightTokens", before.macroF1());
        return metrics;
    }

    /** With what the parent says of how it decodes, which still counts. */
    Map<String, String> provenance() {
        Map<String, String> provenance = new TreeMap<>(parent.manifest().getProvenance());
        provenance.putAll(settings);
        provenance.put("origin", origin);
        for (PairRows rows : train) {
            provenance.put(
                    "data/" + rows.name(),
                    rows.count() + " rows of sha256 " + rows.pairs().sha256());
        }
        return provenance;
    }
}
