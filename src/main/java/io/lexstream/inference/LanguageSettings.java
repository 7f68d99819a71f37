package io.lexstream.inference;

import io.lexstream.language.IdentifierSettings;
import java.util.HashSet;
import java.util.Set;

/**
 * How translation tells a text's language.
 *
 * @param alsoExpected ISO 639-1 codes of languages that people write here, beside those of the model: a text in one of
 *     them is not taken for a language of the model
 * @param threshold least probability of a language to be named, 0 to 1
 */
public record LanguageSettings(Set<String> alsoExpected, double threshold) {
    public static final LanguageSettings DEFAULT = new LanguageSettings(Set.of(), IdentifierSettings.DEFAULT_THRESHOLD);

    public LanguageSettings {
        alsoExpected = Set.copyOf(alsoExpected);
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("language.threshold must be 0 to 1, got " + threshold);
        }
    }

    /** What to expect of texts for a model of those languages. */
    IdentifierSettings of(TranslationLanguages languages) {
        Set<String> expected = new HashSet<>(alsoExpected);
        expected.addAll(languages.sources());
        expected.add(languages.target());
        return IdentifierSettings.expecting(expected, threshold);
    }
}
