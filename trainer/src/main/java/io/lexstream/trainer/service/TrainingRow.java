package io.lexstream.trainer.service;

import io.lexstream.schemas.TrainingExample;

/**
 * A labelled text of a run, with what slices are cut by.
 *
 * @param weight how much it counts
 * @param language BCP 47 tag; empty if unknown
 * @param source where the text came from; empty if unknown
 */
public record TrainingRow(String text, String label, double weight, String language, String source) {
    static TrainingRow of(TrainingExample example) {
        return new TrainingRow(
                example.getText(),
                example.getLabel(),
                example.getWeight(),
                example.getLanguage(),
                example.getTextSource());
    }
}
