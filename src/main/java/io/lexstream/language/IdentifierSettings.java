package io.lexstream.language;

import java.util.Set;

/**
 * What a {@link LanguageIdentifier} is to expect.
 *
 * @param expected ISO 639-1 codes of the languages that texts are likely in; never empty
 * @param expectedWeight how much likelier each of them is than any other language before a text is read; 1 = no
 *     difference. Short texts need it: "Danke" could be many languages
 * @param threshold least probability of a language to be named, 0 to 1; below it a text's language is unknown
 */
public record IdentifierSettings(Set<String> expected, double expectedWeight, double threshold) {
    /** Measured in docs/decisions/011-language-identification.md. */
    private static final double DEFAULT_WEIGHT = 100;

    public static final double DEFAULT_THRESHOLD = 0.5;

    public IdentifierSettings {
        expected = Set.copyOf(expected);
        if (expected.isEmpty()) {
            throw new IllegalArgumentException("language identification needs at least one expected language");
        }
        if (!(expectedWeight >= 1 && expectedWeight <= 1e9)) {
            throw new IllegalArgumentException(
                    "the expected languages' weight must be 1 to 1e9, got " + expectedWeight);
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("a threshold of probability is 0 to 1, got " + threshold);
        }
    }

    /** Those languages, with the weight and threshold that were measured best. */
    public static IdentifierSettings expecting(Set<String> languages) {
        return expecting(languages, DEFAULT_THRESHOLD);
    }

    /** Those languages, with the weight that was measured best. */
    public static IdentifierSettings expecting(Set<String> languages, double threshold) {
        return new IdentifierSettings(languages, DEFAULT_WEIGHT, threshold);
    }
}
