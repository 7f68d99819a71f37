package io.lexstream.summary;

/** How a passage is written: what makes a sentence worth quoting differs, and how much of it says enough. */
public enum Form {
    /** Running text: an article, a mail, a review. */
    PROSE,
    /** Lines that begin with who speaks. */
    DIALOGUE
}
