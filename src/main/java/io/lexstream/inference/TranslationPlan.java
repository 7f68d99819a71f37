package io.lexstream.inference;

import io.lexstream.language.Identification;
import io.lexstream.language.Masked;
import io.lexstream.language.Sentences;
import java.util.List;

/**
 * What is to be done with one text.
 *
 * @param parts one a sentence; none unless the text is to be translated
 */
record TranslationPlan(Translation.Status status, Identification language, Sentences sentences, List<Part> parts) {
    TranslationPlan {
        parts = List.copyOf(parts);
    }

    /**
     * One sentence of the text.
     *
     * @param masked what the model reads
     * @param kept whether it stays as it is: it has no words, or is in the target language
     */
    record Part(String sentence, Masked masked, boolean kept) {}

    /** The language that the text is taken for; empty if unknown. */
    String sourceLanguage() {
        return language.language();
    }

    /** The sentences as the model is to read them. */
    List<String> toRead() {
        return parts.stream()
                .filter(part -> !part.kept())
                .map(part -> part.masked().text())
                .toList();
    }
}
