package io.lexstream.inference;

import io.lexstream.language.Identification;
import io.lexstream.language.LanguageIdentifier;
import io.lexstream.language.Masked;
import io.lexstream.language.Masks;
import io.lexstream.language.Sentences;
import java.util.List;
import java.util.Set;

/** Decides by a text's language what to do with it, and takes it apart for the model. */
final class TranslationPlanner {
    private static final Set<String> WRITTEN_WITHOUT_SPACES = Set.of("zh", "ja", "th", "lo", "km", "my");
    /** A longer run of characters is no word, whatever language it stands in. */
    private static final int LONGEST_WORD = 100;
    /** A sentence amid others passes for one in a language that is not read only if there is no doubt. */
    private static final double NO_DOUBT = 0.9;

    /** In Latin letters, which most languages share. */
    private static final int ENOUGH_CHARACTERS = 20;

    private final TranslationLanguages languages;
    private final LanguageIdentifier identifier;
    private final int maxCharacters;

    /** @param maxCharacters where a longer sentence is cut */
    TranslationPlanner(TranslationLanguages languages, LanguageIdentifier identifier, int maxCharacters) {
        this.languages = languages;
        this.identifier = identifier;
        this.maxCharacters = maxCharacters;
    }

    TranslationPlan plan(String text) {
        Identification language = identifier.identify(text);
        String read = read(language);
        if (language.wordless() || read.equals(languages.target())) {
            return untouched(Translation.Status.UNCHANGED, language);
        }
        if (!languages.sources().contains(read)) {
            return untouched(Translation.Status.UNSUPPORTED, language);
        }
        Sentences sentences = Sentences.of(text, read, maxCharacters);
        boolean several = sentences.sentences().size() > 1;
        List<TranslationPlan.Part> parts = sentences.sentences().stream()
                .map(sentence -> part(sentence, read, several))
                .toList();
        boolean nothingToDo = parts.stream().allMatch(TranslationPlan.Part::kept);
        return nothingToDo
                ? untouched(Translation.Status.UNCHANGED, language)
                : new TranslationPlan(Translation.Status.TRANSLATED, language, sentences, parts);
    }

    private static TranslationPlan untouched(Translation.Status status, Identification language) {
        return new TranslationPlan(status, language, new Sentences(List.of(), List.of("")), List.of());
    }

    private TranslationPlan.Part part(String sentence, String language, boolean amidOthers) {
        Masked masked = languages.masks() ? Masks.mask(sentence) : new Masked(sentence, List.of());
        boolean kept = !masked.hasWords() || isNoWord(sentence, language) || (amidOthers && isNotRead(sentence));
        return new TranslationPlan.Part(sentence, masked, kept);
    }

    private static boolean isNoWord(String sentence, String language) {
        return sentence.length() > LONGEST_WORD
                && !WRITTEN_WITHOUT_SPACES.contains(language)
                && sentence.chars().noneMatch(Character::isWhitespace);
    }

    /** Whether it is in the target language, or in one of which the model would make up something. */
    private boolean isNotRead(String sentence) {
        boolean latin = sentence.codePoints().anyMatch(TranslationPlanner::isLatin);
        if (latin && sentence.length() < ENOUGH_CHARACTERS) {
            return false;
        }
        Identification language = identifier.identify(sentence);
        if (latin) {
            return language.confidence() >= NO_DOUBT && !languages.sources().contains(language.language());
        }
        return !languages.sources().contains(read(language));
    }

    /**
     * If unknown, but not unlikely one of ours, that one: short texts are, and a many-to-one model reads them all the
     * same.
     */
    private static String read(Identification language) {
        return language.isKnown() ? language.language() : language.likeliest();
    }

    private static boolean isLatin(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.LATIN;
    }
}
