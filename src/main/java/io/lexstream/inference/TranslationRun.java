package io.lexstream.inference;

import io.lexstream.language.Masked;
import io.lexstream.language.Restored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One batch of texts on its way through the model: the sentences of all of them together, a few of each at a time.
 *
 * <p>A sentence that occurs twice is translated once. If the model drops a placeholder, the sentence is translated
 * again without them, and the better of the two is taken; what is missing still is put in brackets at its end. When
 * time is over, what was not translated by then is left out: only long texts get that far, as all texts advance
 * together.
 */
final class TranslationRun {
    /** Sentences of each text that go through the model together. */
    private static final int ROUND = 16;

    private final SentenceTranslator translator;
    private final Optional<Duration> deadline;
    private final LongSupplier nanoTime;
    private final long started;
    private final Map<String, TranslatedSentence> known = new HashMap<>();

    TranslationRun(SentenceTranslator translator, Optional<Duration> deadline, LongSupplier nanoTime) {
        this.translator = translator;
        this.deadline = deadline;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    /** The parts of each plan in the target language, plan by plan; fewer than it has if time was over. */
    List<TranslatedParts> run(List<TranslationPlan> plans) {
        List<TranslatedParts> texts =
                plans.stream().map(plan -> new TranslatedParts()).toList();
        int longest = plans.stream().mapToInt(plan -> plan.parts().size()).max().orElse(0);
        for (int from = 0; from < longest; from += ROUND) {
            if (from > 0 && isOver()) {
                break;
            }
            List<List<TranslationPlan.Part>> round = new ArrayList<>(plans.size());
            for (TranslationPlan plan : plans) {
                int end = Math.min(plan.parts().size(), from + ROUND);
                round.add(plan.parts().subList(Math.min(from, end), end));
            }
            runRound(round, texts);
        }
        return texts;
    }

    private void runRound(List<List<TranslationPlan.Part>> round, List<TranslatedParts> texts) {
        Set<String> masked = new LinkedHashSet<>();
        round.forEach(parts -> parts.stream()
                .filter(part -> !part.kept())
                .forEach(part -> masked.add(part.masked().text())));
        translate(masked);
        Set<String> again = new LinkedHashSet<>();
        round.forEach(parts -> parts.stream().filter(this::lacksValues).forEach(part -> again.add(part.sentence())));
        if (!isOver()) {
            translate(again);
        }
        for (int i = 0; i < round.size(); i++) {
            for (TranslationPlan.Part part : round.get(i)) {
                if (part.kept()) {
                    texts.get(i).keep(part.sentence());
                } else {
                    add(part, texts.get(i));
                }
            }
        }
    }

    private void translate(Set<String> sentences) {
        List<String> unknown =
                sentences.stream().filter(text -> !known.containsKey(text)).toList();
        if (unknown.isEmpty()) {
            return;
        }
        List<TranslatedSentence> translated = translator.translate(unknown);
        for (int i = 0; i < unknown.size(); i++) {
            known.put(unknown.get(i), translated.get(i));
        }
    }

    private boolean lacksValues(TranslationPlan.Part part) {
        return !part.kept() && !restored(part).missing().isEmpty();
    }

    private Restored restored(TranslationPlan.Part part) {
        return part.masked().restore(translation(part.masked().text()).text());
    }

    private void add(TranslationPlan.Part part, TranslatedParts text) {
        Masked masked = part.masked();
        Restored restored = restored(part);
        TranslatedSentence made = translation(masked.text());
        TranslatedSentence plain = known.get(part.sentence());
        if (!restored.missing().isEmpty() && plain != null) {
            Restored unmasked = masked.unmasked(plain.text());
            if (unmasked.missing().size() <= restored.missing().size()) {
                restored = unmasked;
                made = plain;
            }
        }
        text.add(part.sentence(), restored.complete(), made);
    }

    private TranslatedSentence translation(String sentence) {
        TranslatedSentence translation = known.get(sentence);
        if (translation == null) {
            throw new IllegalStateException("a sentence of " + sentence.length() + " characters was not translated");
        }
        return translation;
    }

    private boolean isOver() {
        return deadline.isPresent()
                && nanoTime.getAsLong() - started >= deadline.get().toNanos();
    }
}
