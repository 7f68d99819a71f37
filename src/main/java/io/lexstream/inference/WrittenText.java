package io.lexstream.inference;

/** A text that a model made of another. */
public sealed interface WrittenText extends TextOutput permits ExtractedSummary, GeneratedText, Translation {
    String text();

    /** Whether a part of the source was not read, or the text did not come to its end. */
    boolean truncated();
}
