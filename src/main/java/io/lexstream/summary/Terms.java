package io.lexstream.summary;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The terms of a text: its words that carry meaning, and pairs of them that follow one another. */
public final class Terms {
    private Terms() {}

    /** Lower case, each once, in order of appearance. */
    public static Set<String> in(String text) {
        Set<String> terms = new LinkedHashSet<>();
        List<String> words = Words.in(text);
        String before = "";
        for (String word : words) {
            if (!Words.hasContent(word)) {
                before = "";
                continue;
            }
            terms.add(word);
            if (!before.isEmpty()) {
                terms.add(before + " " + word);
            }
            before = word;
        }
        return terms;
    }
}
