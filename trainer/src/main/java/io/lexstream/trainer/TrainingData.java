package io.lexstream.trainer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of one training run: to fit, to choose by, to report on. No text is in two of them.
 *
 * @param train fitted to
 * @param dev decide when to stop and which settings are best
 * @param test reported on only
 */
public record TrainingData(List<LabeledTexts> train, List<LabeledTexts> dev, List<LabeledTexts> test) {
    /** Salts the hash that holds rows out, so that it is independent of the one that samples. */
    private static final String HELD_OUT_SALT = "dev";

    public TrainingData {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
        test = List.copyOf(test);
    }

    /**
     * Reads the files. Texts that come twice are used once; those of test and dev files are left out of training.
     *
     * @param heldOut share (0 to 1) of a training file's texts, chosen by hash, that joins the development rows if no
     *     development file of its source (lying in the same folder) is named
     */
    public static TrainingData read(
            List<DataFile> train, List<DataFile> dev, List<DataFile> test, double heldOut, long seed)
            throws IOException {
        List<LabeledTexts> testTexts = readAll(test, seed);
        Set<String> seen = new HashSet<>();
        testTexts.forEach(file -> seen.addAll(file.texts()));
        List<LabeledTexts> devTexts = new ArrayList<>();
        for (LabeledTexts file : readAll(dev, seed)) {
            devTexts.add(file.withoutRepeats(seen));
        }
        Set<String> covered = devTexts.stream().map(LabeledTexts::source).collect(Collectors.toSet());
        List<LabeledTexts> trainTexts = new ArrayList<>();
        for (LabeledTexts file : readAll(train, seed)) {
            LabeledTexts fresh = file.withoutRepeats(seen);
            if (covered.contains(fresh.source())) {
                trainTexts.add(fresh);
            } else {
                trainTexts.add(part(fresh, fresh.name(), heldOut, 1));
                devTexts.add(part(fresh, fresh.name() + " (held out)", 0, heldOut));
            }
        }
        devTexts.removeIf(file -> file.rows().isEmpty());
        trainTexts.removeIf(file -> file.rows().isEmpty());
        TrainingData data = new TrainingData(trainTexts, devTexts, testTexts);
        data.refuseIfUnusable();
        return data;
    }

    /** The labels of the training rows, sorted: the order of the logits. */
    public List<String> labels() {
        Set<String> labels = new TreeSet<>();
        train.forEach(file -> labels.addAll(file.labels()));
        return List.copyOf(labels);
    }

    /** What a model is reported on: the test files, or the development rows if there are none. */
    public List<LabeledTexts> reported() {
        return test.isEmpty() ? dev : test;
    }

    /** All files, the costly training ones last. */
    public List<LabeledTexts> files() {
        return Stream.of(test, dev, train).flatMap(List::stream).toList();
    }

    private static List<LabeledTexts> readAll(List<DataFile> files, long seed) throws IOException {
        List<LabeledTexts> read = new ArrayList<>();
        for (DataFile file : files) {
            read.add(file.read(seed));
        }
        return read;
    }

    /** The rows whose text's hash, as a share of all hashes, lies in [from, to). */
    private static LabeledTexts part(LabeledTexts file, String name, double from, double to) {
        List<LabeledText> rows = file.rows().stream()
                .filter(row -> {
                    double place = TextPlace.of(HELD_OUT_SALT, row.text());
                    return place >= from && place < to;
                })
                .toList();
        return new LabeledTexts(name, file.sha256(), rows, file.skipped());
    }

    private void refuseIfUnusable() throws DataException {
        List<String> labels = labels();
        if (labels.size() < 2) {
            throw new DataException("a classifier needs at least 2 labels; the training data names " + labels);
        }
        if (dev.isEmpty()) {
            throw new DataException("no development rows: name development files, or hold out a share of training");
        }
        for (LabeledTexts file : dev) {
            List<String> unknown = new ArrayList<>(file.labels());
            unknown.removeAll(labels);
            if (!unknown.isEmpty()) {
                throw new DataException(file.name() + " names labels that the training data does not: " + unknown);
            }
        }
    }
}
