package io.lexstream.trainer.service;

import io.lexstream.schemas.TrainingExample;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A labelled text of a run, with what slices are cut by.
 *
 * @param weight how much it counts
 * @param scores probability of each label, if a model has given them; empty if people have given the label
 * @param language BCP 47 tag; empty if unknown
 * @param source where the text came from; empty if unknown
 */
public record TrainingRow(
        String text, String label, double weight, Map<String, Double> scores, String language, String source) {
    public TrainingRow {
        scores = Collections.unmodifiableMap(new TreeMap<>(scores)); // in an order, to be written
    }

    static TrainingRow of(TrainingExample example) {
        return new TrainingRow(
                example.getText(),
                example.getLabel(),
                example.getWeight(),
                Map.of(),
                example.getLanguage(),
                example.getTextSource());
    }
}
