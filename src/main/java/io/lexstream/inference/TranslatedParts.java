package io.lexstream.inference;

import java.util.ArrayList;
import java.util.List;

/** The sentences of one text as far as they are translated, and what is to be said of all of them. */
final class TranslatedParts {
    private final List<String> sentences = new ArrayList<>();
    private int tokens;
    private double scores;
    private boolean truncated;
    private boolean deadlineReached;

    /** A sentence that stays as it is. */
    void keep(String sentence) {
        sentences.add(sentence);
    }

    /** A sentence and what became of it; where that is nothing, the sentence stays. */
    void add(String source, String translation, TranslatedSentence made) {
        sentences.add(translation.isBlank() ? source : Repetition.shorten(translation, source));
        tokens += made.tokens();
        scores += made.tokens() * made.score();
        truncated |= made.truncated();
        deadlineReached |= made.deadlineReached();
    }

    /** The text they make; if there are fewer than the plan has, then time was over for the rest. */
    Translation join(TranslationPlan plan, String targetLanguage) {
        boolean incomplete = sentences.size() < plan.parts().size();
        return new Translation(
                Translation.Status.TRANSLATED,
                incomplete
                        ? plan.sentences().joinFirst(sentences)
                        : plan.sentences().join(sentences),
                plan.sourceLanguage(),
                targetLanguage,
                plan.language().confidence(),
                tokens == 0 ? 0 : scores / tokens,
                truncated,
                deadlineReached || incomplete,
                tokens);
    }
}
