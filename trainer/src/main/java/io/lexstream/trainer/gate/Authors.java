package io.lexstream.trainer.gate;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Who gave some labels, and how much each of them counts. */
final class Authors {
    private static final double SIGNIFICANT = 0.01;
    private static final double USUALLY_CONTRADICTED = 0.05;
    private static final double HALF = 0.5;

    private final AuditSettings settings;
    private final Map<String, Integer> labels = new TreeMap<>();
    private final Map<String, Double> weights = new TreeMap<>();
    private final int all;
    private int leftOut;

    /** @param authors one a label */
    Authors(AuditSettings settings, List<String> authors) {
        this.settings = settings;
        this.all = authors.size();
        authors.forEach(author -> labels.merge(author, 1, Integer::sum));
    }

    int count() {
        return labels.size();
    }

    /** Labels that count fully of one author, at most: their share may not be larger than twice an even one. */
    int most() {
        double share = Math.min(1, Math.max(settings.maxAuthorShare(), 2.0 / Math.max(1, labels.size())));
        return (int) Math.ceil(share * all);
    }

    /**
     * Leaves out those who are contradicted much more often than the rest, and turns down those who speak most of the
     * time.
     *
     * @param contradicted by author: labels that something speaks against
     */
    Check weigh(Map<String, Integer> contradicted) {
        int allContradicted =
                contradicted.values().stream().mapToInt(Integer::intValue).sum();
        for (Map.Entry<String, Integer> author : labels.entrySet()) {
            int given = author.getValue();
            int own = contradicted.getOrDefault(author.getKey(), 0);
            double others = (allContradicted - own) / (double) Math.max(1, all - given);
            double byChance = Binomial.atLeast(own, given, Math.max(USUALLY_CONTRADICTED, others));
            if (given >= settings.minAuthorRows()
                    && own > settings.maxAuthorContradicted() * given
                    && byChance < SIGNIFICANT / labels.size()) {
                weights.put(author.getKey(), 0.0);
                leftOut += given;
            } else if (given > most()) {
                weights.put(author.getKey(), most() / (double) given);
            }
        }
        return new Check(
                "authors",
                leftOut <= HALF * all,
                String.format(
                        Locale.ROOT,
                        "%d authors of %d labels; %d are contradicted, with %d labels that do not count; more than half"
                                + " must count",
                        labels.size(),
                        all,
                        Collections.frequency(weights.values(), 0.0),
                        leftOut));
    }

    /** By author, for those that do not count fully; 0 = left out. */
    Map<String, Double> weights() {
        return weights;
    }

    /** Whether that author is not left out. */
    boolean believes(String author) {
        return weights.getOrDefault(author, 1.0) > 0;
    }

    /** What was found, for a report. */
    Map<String, Double> metrics() {
        return Map.of("audit/authors", (double) labels.size(), "audit/leftOut", (double) leftOut);
    }
}
