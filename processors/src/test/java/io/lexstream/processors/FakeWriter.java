package io.lexstream.processors;

import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.Translation;
import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Writes texts by a function; fails on those with the word "unreadable". */
final class FakeWriter implements TextModel {
    final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private final Function<String, TextOutput> writing;

    FakeWriter(Function<String, TextOutput> writing) {
        this.writing = writing;
    }

    /** Translates what begins with "Die" into "The" and the rest; all else is English. */
    static FakeWriter translator() {
        return new FakeWriter(text -> text.startsWith("Die ")
                ? translation(Translation.Status.TRANSLATED, "The" + text.substring(3), "de")
                : translation(Translation.Status.UNCHANGED, text, "en"));
    }

    private static Translation translation(Translation.Status status, String text, String language) {
        return new Translation(status, text, language, "en", 0.75, 0, false, false, 1);
    }

    @Override
    public int[] lengths(TextBatch batch) {
        return batch.texts().stream().mapToInt(String::length).toArray();
    }

    @Override
    public List<TextOutput> run(TextBatch batch) {
        if (batch.texts().stream().anyMatch(text -> text.contains("unreadable"))) {
            throw new InferenceException("batch of " + batch.size());
        }
        read.addAll(batch.texts());
        return batch.texts().stream().map(writing).toList();
    }

    @Override
    public void close() {}
}
