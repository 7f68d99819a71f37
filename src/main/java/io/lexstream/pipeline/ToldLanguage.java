package io.lexstream.pipeline;

import io.lexstream.inference.Translation;
import io.lexstream.language.Identification;

/**
 * The language that a text was taken for.
 *
 * @param code ISO 639-1; empty if unknown
 * @param confidence 0 to 1; 0 if unknown
 */
public record ToldLanguage(String code, double confidence) {
    static final ToldLanguage UNKNOWN = new ToldLanguage("", 0);

    static ToldLanguage by(Translation translation) {
        return new ToldLanguage(translation.sourceLanguage(), translation.languageConfidence());
    }

    static ToldLanguage by(Identification identification) {
        return new ToldLanguage(identification.language(), identification.confidence());
    }
}
