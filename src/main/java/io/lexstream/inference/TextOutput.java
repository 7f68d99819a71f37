package io.lexstream.inference;

/** What a model says about one text. */
public sealed interface TextOutput permits Classification, ExtractedSummary {
    /** The class that the text falls in, one of a few: what versions on trial are compared and counted by. */
    String verdict();
}
