package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.CorpusSplit;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.Summaries;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TextPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a model that writes text is fine-tuned with; no source that is measured on is trained on.
 *
 * @param train at least one pair
 * @param dev at least one pair
 */
public record TuningPairs(List<PairRows> train, List<PairRows> dev) {
    public TuningPairs {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
    }

    /**
     * Texts and their translations, cleaned as for a training from scratch.
     *
     * @param sourceColumn of tables, from 1
     */
    public static TuningPairs translations(
            Languages languages,
            int sourceColumn,
            List<PairSource> data,
            List<PairSource> dev,
            long seed,
            Progress progress)
            throws IOException {
        PairReader reader = new PairReader(languages, sourceColumn, seed);
        List<PairRows> devRows = reader.read(dev, CorpusSplit.DEV);
        List<PairRows> dataRows = reader.read(data, CorpusSplit.TRAIN);
        PairCleaning cleaning = new PairCleaning(sources(devRows));
        List<PairRows> train = new ArrayList<>();
        for (PairRows rows : dataRows) {
            train.add(with(rows, cleaning.clean(rows.pairs().rows())));
        }
        cleaning.dropped().forEach((reason, count) -> progress.say("  left out: %,d %s".formatted(count, reason)));
        return checked(train, devRows);
    }

    /** Texts and their summaries. */
    public static TuningPairs summaries(List<DataFile> data, List<DataFile> dev, long seed) throws IOException {
        List<PairRows> devRows = read(dev, seed);
        Set<String> measured = sources(devRows);
        List<PairRows> train = new ArrayList<>();
        for (PairRows rows : read(data, seed)) {
            train.add(with(
                    rows,
                    rows.pairs().rows().stream()
                            .filter(pair -> !measured.contains(TextPlace.normal(pair.source())))
                            .toList()));
        }
        return checked(train, devRows);
    }

    private static List<PairRows> read(List<DataFile> files, long seed) throws IOException {
        List<PairRows> rows = new ArrayList<>();
        for (DataFile file : files) {
            rows.add(new PairRows(Summaries.read(file, seed), 1));
        }
        return rows;
    }

    private static TuningPairs checked(List<PairRows> train, List<PairRows> dev) throws DataException {
        train.removeIf(rows -> rows.count() == 0);
        List<PairRows> measured = dev.stream().filter(rows -> rows.count() > 0).toList();
        if (train.isEmpty() || measured.isEmpty()) {
            throw new DataException("no pair is left to " + (train.isEmpty() ? "train on" : "measure on"));
        }
        return new TuningPairs(train, measured);
    }

    private static Set<String> sources(List<PairRows> files) {
        Set<String> sources = new HashSet<>();
        files.forEach(rows -> rows.pairs().sources().forEach(source -> sources.add(TextPlace.normal(source))));
        return sources;
    }

    private static PairRows with(PairRows rows, List<TextPair> pairs) {
        TextPairs old = rows.pairs();
        return new PairRows(new TextPairs(old.name(), old.sha256(), pairs, old.skipped()), rows.weight());
    }
}
