package io.lexstream.language;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells which language a text is in, expecting some languages more than others. Safe for concurrent use.
 *
 * <p>A language is as likely as its n-grams ({@link LanguageModel}), its common words ({@link CommonWords}) and what is
 * expected make it together. Reads the text's first few hundred characters without addresses, numbers and the like. A
 * text with fewer than two letters then has no language.
 */
public final class LanguageIdentifier {
    private static final CommonWords COMMON_WORDS = CommonWords.read();
    /** Logarithm of how much likelier a language is whose common words the whole text consists of. */
    private static final double COMMON_WORDS_WEIGHT = 6;

    private static final int FEWEST_LETTERS = 2;
    private static final int READ_CHARACTERS = 500;

    private final IdentifierSettings settings;
    private final LanguageModel model;

    /**
     * The model behind it is read when the first one of the process is made: half a second, 36 MB.
     *
     * @throws IllegalArgumentException if an expected language is not among {@link #languages()}
     */
    public LanguageIdentifier(IdentifierSettings settings) {
        this.settings = settings;
        this.model = LanguageModel.shared();
        Set<String> unknown = new TreeSet<>(settings.expected());
        unknown.removeAll(model.languages());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("languages that cannot be identified: " + String.join(", ", unknown));
        }
    }

    /** All languages that can be told: ISO 639-1 codes, ISO 639-3 where there is none. */
    public static Set<String> languages() {
        return LanguageModel.shared().languages();
    }

    public Identification identify(String text) {
        String words = words(text);
        if (words.codePoints().filter(Character::isLetter).limit(FEWEST_LETTERS).count() < FEWEST_LETTERS) {
            return Identification.NONE;
        }
        double total = 0;
        double ofExpected = 0;
        LanguageModel.Likelihood best = new LanguageModel.Likelihood("", 0);
        LanguageModel.Likelihood bestExpected = best;
        Map<String, Double> shares = COMMON_WORDS.shares(words);
        for (LanguageModel.Likelihood language : model.likelihoods(words)) {
            boolean expected = settings.expected().contains(language.language());
            double weighted = language.probability()
                    * (expected ? settings.expectedWeight() : 1)
                    * Math.exp(COMMON_WORDS_WEIGHT * shares.getOrDefault(language.language(), 0.0));
            total += weighted;
            if (weighted > best.probability()) {
                best = new LanguageModel.Likelihood(language.language(), weighted);
            }
            if (expected) {
                ofExpected += weighted;
                if (weighted > bestExpected.probability()) {
                    bestExpected = new LanguageModel.Likelihood(language.language(), weighted);
                }
            }
        }
        String likeliest = ofExpected >= total / 2 ? bestExpected.language() : "";
        double confidence = Math.min(1, best.probability() / total);
        return confidence >= settings.threshold()
                ? new Identification(best.language(), confidence, likeliest, false)
                : new Identification("", 0, likeliest, false);
    }

    /** The beginning of the text without what is in no language, and without half a word at its end. */
    private static String words(String text) {
        String beginning = beginning(text);
        StringBuilder words = new StringBuilder(beginning.length());
        int end = 0;
        List<Protected> things = Protected.in(beginning);
        for (Protected thing : things) {
            words.append(beginning, end, thing.span().start()).append(' ');
            end = thing.span().end();
        }
        return words.append(beginning, end, beginning.length()).toString();
    }

    private static String beginning(String text) {
        if (text.length() <= READ_CHARACTERS) {
            return text;
        }
        int end = READ_CHARACTERS;
        while (end > READ_CHARACTERS / 2 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return text.substring(0, Character.isWhitespace(text.charAt(end)) ? end : READ_CHARACTERS);
    }
}
