package io.lexstream.trainer.summary;

import io.lexstream.trainer.DataException;
import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.FitOptions;
import io.lexstream.trainer.Summaries;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.TrainingRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts with summaries: to fit to, to choose by, to report on. No text is in two of them.
 *
 * @param train fitted to
 * @param dev decide which penalty and which lengths are best
 * @param test reported on only
 */
record SummaryData(List<TextPairs> train, List<TextPairs> dev, List<TextPairs> test) {
    private static final String HELD_OUT_SALT = "dev";

    SummaryData {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
        test = List.copyOf(test);
    }

    /** Reads the files. Texts that come twice are used once; those of test and dev files are left out of training. */
    static SummaryData read(TrainingRequest<FitOptions> request) throws IOException {
        FitOptions options = request.options();
        Set<String> seen = new HashSet<>();
        List<TextPairs> test = fresh(request.test(), options.seed(), seen);
        List<TextPairs> dev = fresh(request.dev(), options.seed(), seen);
        Set<String> covered = dev.stream().map(SummaryData::folder).collect(Collectors.toSet());
        List<TextPairs> train = new ArrayList<>();
        for (TextPairs file : fresh(request.train(), options.seed(), seen)) {
            if (covered.contains(folder(file))) {
                train.add(file);
            } else {
                Predicate<TextPair> held = row -> TextPlace.of(HELD_OUT_SALT, row.source()) < options.heldOut();
                train.add(part(file, file.name(), held.negate()));
                dev.add(part(file, file.name() + " (held out)", held));
            }
        }
        train.removeIf(file -> file.rows().isEmpty());
        dev.removeIf(file -> file.rows().isEmpty());
        if (train.isEmpty() || dev.isEmpty()) {
            throw new DataException("too few texts: %d files to train on and %d to choose by have any"
                    .formatted(train.size(), dev.size()));
        }
        return new SummaryData(train, dev, test);
    }

    /** All files, the costly training ones last. */
    List<TextPairs> files() {
        return Stream.of(test, dev, train).flatMap(List::stream).toList();
    }

    private static List<TextPairs> fresh(List<DataFile> files, long seed, Set<String> seen) throws IOException {
        List<TextPairs> fresh = new ArrayList<>();
        for (DataFile file : files) {
            TextPairs read = Summaries.read(file, seed);
            fresh.add(part(read, read.name(), row -> seen.add(row.source())));
        }
        return fresh;
    }

    private static TextPairs part(TextPairs file, String name, Predicate<TextPair> kept) {
        return new TextPairs(
                name, file.sha256(), file.rows().stream().filter(kept).toList(), file.skipped());
    }

    /** Files of one source lie in one folder. */
    private static String folder(TextPairs file) {
        return file.name().substring(0, Math.max(0, file.name().indexOf('/')));
    }
}
