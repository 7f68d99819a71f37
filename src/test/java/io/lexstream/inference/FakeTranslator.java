package io.lexstream.inference;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Translates by a function, a token a word, and remembers what it was asked; fails on what it is told to. */
final class FakeTranslator implements SentenceTranslator {
    final List<List<String>> calls = new ArrayList<>();
    boolean closed;
    Runnable beforeEachCall = () -> {};

    private final UnaryOperator<String> translation;

    FakeTranslator(UnaryOperator<String> translation) {
        this.translation = translation;
    }

    /** One that writes in capitals and copies placeholders. */
    static FakeTranslator shouting() {
        return new FakeTranslator(sentence -> sentence.toUpperCase(Locale.ROOT));
    }

    @Override
    public int[] lengths(List<String> sentences) {
        return sentences.stream()
                .mapToInt(sentence -> sentence.split(" ").length)
                .toArray();
    }

    @Override
    public List<TranslatedSentence> translate(List<String> sentences) {
        calls.add(List.copyOf(sentences));
        beforeEachCall.run();
        if (sentences.stream().anyMatch(sentence -> sentence.contains("kaputtmachen"))) {
            throw new InferenceException("a sentence that the model fails on");
        }
        return sentences.stream().map(this::translate).toList();
    }

    private TranslatedSentence translate(String sentence) {
        String text = translation.apply(sentence);
        return new TranslatedSentence(
                text, text.split(" ").length, -0.5, sentence.contains("abgeschnitten"), sentence.contains("langsam"));
    }

    @Override
    public void close() {
        closed = true;
    }
}
