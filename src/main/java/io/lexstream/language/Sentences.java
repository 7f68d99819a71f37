package io.lexstream.language;

import java.util.ArrayList;
import java.util.List;

/**
 * A text taken apart into its sentences and what stands between them; together they are the text, to the last
 * character.
 *
 * <p>A sentence has at least one letter or digit. Line breaks, bullets, rulers of dashes and emoji before or behind a
 * sentence belong to the separators, so that whoever replaces the sentences leaves them as they are. A text of nothing
 * else has no sentence and one separator.
 *
 * @param sentences in the text's order; none is empty or longer than the limit
 * @param separators one before each sentence and one behind the last, possibly empty
 */
public record Sentences(List<String> sentences, List<String> separators) {
    /** Characters that a sentence may have before it is cut at a clause or a space. */
    public static final int MAX_CHARACTERS = 400;

    public Sentences {
        sentences = List.copyOf(sentences);
        separators = List.copyOf(separators);
        if (separators.size() != sentences.size() + 1) {
            throw new IllegalArgumentException(
                    sentences.size() + " sentences need one separator more, got " + separators.size());
        }
    }

    /** The sentences of a text in whichever language, at most {@link #MAX_CHARACTERS} long. */
    public static Sentences of(String text) {
        return of(text, "", MAX_CHARACTERS);
    }

    /**
     * The sentences of {@code text}. Takes time in proportion to the text's length.
     *
     * @param language ISO 639-1 code, for its abbreviations; empty = not known, those of all languages count
     * @param maxCharacters where a longer sentence is cut, at the end of a clause if it can be, at a space if not, and
     *     between two characters if there is no space either; at least 16
     */
    public static Sentences of(String text, String language, int maxCharacters) {
        SentenceEnds ends = new SentenceEnds(text, Abbreviations.of(language));
        SentenceCuts cuts = new SentenceCuts(text, maxCharacters);
        List<Span> spans = new ArrayList<>();
        for (Span line : Lines.of(text)) {
            for (Span piece : ends.pieces(line)) {
                Span core = Ornaments.strip(text, piece);
                if (hasWord(text, core)) {
                    cuts.cut(core, spans);
                }
            }
        }
        return between(text, spans);
    }

    /**
     * The text with each sentence replaced.
     *
     * @param replacements one for each sentence; an empty one leaves only the separators around it
     */
    public String join(List<String> replacements) {
        if (replacements.size() != sentences.size()) {
            throw new IllegalArgumentException(
                    replacements.size() + " replacements for " + sentences.size() + " sentences");
        }
        return joinFirst(replacements) + separators.get(replacements.size());
    }

    /**
     * The beginning of the text with its first sentences replaced: what comes behind the last of them is left out.
     *
     * @param replacements one for each of the first sentences
     */
    public String joinFirst(List<String> replacements) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < replacements.size(); i++) {
            text.append(separators.get(i)).append(replacements.get(i));
        }
        return text.toString();
    }

    /** The text that was taken apart. */
    public String text() {
        return join(sentences);
    }

    private static Sentences between(String text, List<Span> spans) {
        List<String> sentences = new ArrayList<>(spans.size());
        List<String> separators = new ArrayList<>(spans.size() + 1);
        int end = 0;
        for (Span span : spans) {
            separators.add(text.substring(end, span.start()));
            sentences.add(span.of(text));
            end = span.end();
        }
        separators.add(text.substring(end));
        return new Sentences(sentences, separators);
    }

    private static boolean hasWord(String text, Span span) {
        return text.substring(span.start(), span.end()).codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
