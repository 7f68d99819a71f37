package io.lexstream.inference;

import java.util.Locale;

/**
 * A text in another language.
 *
 * @param text the translation; the text itself if unchanged, empty if unsupported
 * @param sourceLanguage ISO 639-1 code of the language that the text was taken for; empty if unknown
 * @param targetLanguage ISO 639-1 code
 * @param languageConfidence probability of the source language, 0 to 1; 0 if unknown
 * @param score mean log-probability of the generated tokens; 0 if none were
 * @param truncated whether a part was not read, or the model did not come to an end
 * @param deadlineReached whether time ran out, and this is what there was by then
 * @param tokens how many were generated
 */
public record Translation(
        Status status,
        String text,
        String sourceLanguage,
        String targetLanguage,
        double languageConfidence,
        double score,
        boolean truncated,
        boolean deadlineReached,
        int tokens)
        implements WrittenText {
    /** What was done with the text. */
    public enum Status {
        TRANSLATED,
        /** It is in the target language already, or has no words. */
        UNCHANGED,
        /** The model does not read its language. */
        UNSUPPORTED
    }

    public Translation {
        if (!(languageConfidence >= 0 && languageConfidence <= 1)) {
            throw new IllegalArgumentException("a confidence is 0 to 1, got " + languageConfidence);
        }
    }

    @Override
    public String verdict() {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
