package io.lexstream.trainer.service;

import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.TextPlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The labelled texts of one run, sorted by what they are for; no text is in two of them. Made of examples and settings
 * alone, in the same way each time.
 *
 * @param train to fit to
 * @param dev to stop by
 * @param heldOut never trained on, in no run: the gate measures on them
 * @param leftOut how many examples are in none, by the reason
 */
record TrainingSet(
        List<TrainingRow> train, List<TrainingRow> dev, List<TrainingRow> heldOut, Map<String, Integer> leftOut) {
    private static final String HELD_OUT_SALT = "held out";
    private static final String DEV_SALT = "dev";
    private static final String CAP_SALT = "author";
    private static final double DEV_SHARE = 0.1;

    TrainingSet {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
        heldOut = List.copyOf(heldOut);
        leftOut = Map.copyOf(leftOut);
    }

    /**
     * @param examples in the order in which they were joined
     * @param form what labels are to the model that will be trained
     */
    static TrainingSet of(Collection<TrainingExample> examples, LabelForm form, AuthorCap cap, double heldOut) {
        Map<String, Integer> leftOut = new HashMap<>();
        List<TrainingExample> usable = withoutRepeats(fitting(examples, form, leftOut), leftOut);
        List<TrainingExample> kept = capped(usable, cap, leftOut);
        List<TrainingRow> held = new ArrayList<>();
        List<TrainingRow> rest = new ArrayList<>();
        for (TrainingExample example : kept) {
            (isHeldOut(example.getText(), heldOut) ? held : rest).add(TrainingRow.of(example));
        }
        List<TrainingRow> dev = rest.stream().filter(row -> isDev(row.text())).toList();
        List<TrainingRow> train =
                rest.stream().filter(row -> !isDev(row.text())).toList();
        return new TrainingSet(train, dev, held, leftOut);
    }

    /** Whether that text is never trained on; depends on nothing but the text and the share. */
    static boolean isHeldOut(String text, double share) {
        return TextPlace.of(HELD_OUT_SALT, TextPlace.normal(text)) < share;
    }

    static boolean isDev(String text) {
        return TextPlace.of(DEV_SALT, TextPlace.normal(text)) < DEV_SHARE;
    }

    /** All texts, as they are compared. */
    Set<String> texts() {
        Set<String> texts = new HashSet<>();
        List.of(train, dev, heldOut).forEach(rows -> rows.forEach(row -> texts.add(TextPlace.normal(row.text()))));
        return texts;
    }

    private static List<TrainingExample> fitting(
            Collection<TrainingExample> examples, LabelForm form, Map<String, Integer> leftOut) {
        List<TrainingExample> fitting = new ArrayList<>();
        for (TrainingExample example : examples) {
            Optional<String> objection = form.objection(example);
            if (objection.isEmpty()) {
                fitting.add(example);
            } else {
                leftOut.merge(objection.get(), 1, Integer::sum);
            }
        }
        return fitting;
    }

    /** The newest label of a text wins. */
    private static List<TrainingExample> withoutRepeats(List<TrainingExample> examples, Map<String, Integer> leftOut) {
        Map<String, TrainingExample> byText = new LinkedHashMap<>();
        for (TrainingExample example : examples) {
            byText.merge(
                    TextPlace.normal(example.getText()),
                    example,
                    (one, other) -> other.getCreatedAt().isBefore(one.getCreatedAt()) ? one : other);
        }
        count("labelled again", examples.size() - byText.size(), leftOut);
        return List.copyOf(byText.values());
    }

    /** Of an author with too many rows those stay whose text's hash is least: neither the first nor the last. */
    private static List<TrainingExample> capped(
            List<TrainingExample> examples, AuthorCap cap, Map<String, Integer> leftOut) {
        int limit = cap.limit(examples.stream().map(TrainingExample::getAuthor).toList());
        Map<String, Integer> kept = new HashMap<>();
        Set<TrainingExample> dropped = new HashSet<>();
        examples.stream()
                .filter(example -> !example.getAuthor().isEmpty())
                .sorted(Comparator.comparingDouble(
                        example -> TextPlace.of(CAP_SALT, TextPlace.normal(example.getText()))))
                .forEach(example -> {
                    if (kept.merge(example.getAuthor(), 1, Integer::sum) > limit) {
                        dropped.add(example);
                    }
                });
        count("too many of one author", dropped.size(), leftOut);
        return examples.stream().filter(example -> !dropped.contains(example)).toList();
    }

    private static void count(String reason, int rows, Map<String, Integer> leftOut) {
        if (rows > 0) {
            leftOut.put(reason, rows);
        }
    }
}
