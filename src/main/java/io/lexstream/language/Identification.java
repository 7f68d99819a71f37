package io.lexstream.language;

/**
 * Which language a text is in, as far as it can be told.
 *
 * @param language ISO 639-1 code, or ISO 639-3 of a language that has no shorter one; empty = unknown
 * @param confidence probability of that language, 0 to 1; 0 if unknown
 * @param likeliest the likeliest of the expected languages, also where none is likely enough to say so; empty if the
 *     text is more likely in a language that nobody expects, or is in none
 * @param wordless whether the text has too few letters to be in any language
 */
public record Identification(String language, double confidence, String likeliest, boolean wordless) {
    /** A text without words. */
    static final Identification NONE = new Identification("", 0, "", true);

    public Identification {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is 0 to 1, got " + confidence);
        }
    }

    public boolean isKnown() {
        return !language.isEmpty();
    }
}
