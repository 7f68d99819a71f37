package io.lexstream.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Apache OpenNLP's model of 103 languages: 10 MB in its jar, 36 MB once read. Immutable, so one serves all threads.
 *
 * <p>It divides its evidence by the number of n-grams, which leaves every probability near 1/103. They are raised to a
 * power and made to sum to 1 again: the power that made them right on the development set, for long and short texts
 * alike.
 */
final class LanguageModel {
    private static final String FILE = "/langdetect-183.bin";
    private static final double SHARPNESS = 20;
    private static final double SMALLEST = 1e-300;

    private final LanguageDetectorME detector;

    private LanguageModel(LanguageDetectorModel model) {
        this.detector = new LanguageDetectorME(model);
    }

    /** The one of this process, read when it is first asked for. */
    static LanguageModel shared() {
        return Shared.MODEL;
    }

    /** ISO 639-1 codes, and ISO 639-3 codes of languages without one. */
    Set<String> languages() {
        return Arrays.stream(detector.getSupportedLanguages())
                .map(LanguageCodes::shortest)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The probability of every language, the likeliest first; they sum to 1. */
    List<Likelihood> likelihoods(String text) {
        Language[] languages = detector.predictLanguages(text);
        double highest = Math.log(Math.max(SMALLEST, languages[0].getConfidence()));
        List<Likelihood> unnormalised = new ArrayList<>(languages.length);
        double sum = 0;
        for (Language language : languages) {
            double logarithm = Math.log(Math.max(SMALLEST, language.getConfidence())) - highest;
            double weight = Math.exp(SHARPNESS * logarithm);
            sum += weight;
            unnormalised.add(new Likelihood(LanguageCodes.shortest(language.getLang()), weight));
        }
        double total = sum;
        return unnormalised.stream()
                .map(one -> new Likelihood(one.language(), one.probability() / total))
                .toList();
    }

    /**
     * How likely a text is in a language.
     *
     * @param language as in {@link #languages()}
     */
    record Likelihood(String language, double probability) {}

    private static LanguageModel read() {
        try (InputStream file = LanguageModel.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the class path has no " + FILE + " (opennlp-models-langdetect)");
            }
            return new LanguageModel(new LanguageDetectorModel(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    private static final class Shared {
        private static final LanguageModel MODEL = read();
    }
}
