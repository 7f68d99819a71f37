package io.lexstream.trainer;

/** A text and the label that somebody gave it. */
public record LabeledText(String text, String label) {
    public LabeledText {
        if (text.isBlank()) {
            throw new IllegalArgumentException("text is blank");
        }
        if (label.isBlank()) {
            throw new IllegalArgumentException("label is blank");
        }
    }
}
