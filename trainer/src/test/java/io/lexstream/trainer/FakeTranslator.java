package io.lexstream.trainer;

import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import java.util.List;
import java.util.function.UnaryOperator;

/** Translates as a function says; nothing where that is empty: a language that it does not read. */
public record FakeTranslator(UnaryOperator<String> translate) implements TextModel {
    @Override
    public int[] lengths(TextBatch texts) {
        return texts.texts().stream().mapToInt(String::length).toArray();
    }

    @Override
    public List<? extends TextOutput> run(TextBatch texts) {
        return texts.texts().stream()
                .map(text -> translation(translate.apply(text)))
                .toList();
    }

    private static Translation translation(String text) {
        Translation.Status status = text.isEmpty() ? Translation.Status.UNSUPPORTED : Translation.Status.TRANSLATED;
        return new Translation(status, text, "de", "en", 0.9, -0.1, false, false, text.length() / 4);
    }

    @Override
    public void close() {}
}
