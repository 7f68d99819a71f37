package io.lexstream.summary;

/**
 * A sentence of a passage, as it stands there.
 *
 * @param words verbatim
 * @param speaker what its line begins with, such as {@code Anna:}; empty in prose
 * @param line number of its line in the passage, from 0; blank lines do not count
 * @param place its number in that line, from 0
 */
public record Sentence(String words, String speaker, int line, int place) {
    public Sentence {
        if (words.isBlank()) {
            throw new IllegalArgumentException("a sentence without words");
        }
    }

    /** Characters that it takes in a summary. */
    int characters() {
        return words.length() + (speaker.isEmpty() ? 0 : speaker.length() + 1) + 1;
    }
}
