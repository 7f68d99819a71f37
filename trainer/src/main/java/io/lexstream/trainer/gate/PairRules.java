package io.lexstream.trainer.gate;

import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.TextPlace;
import java.util.Optional;

/** Corrections that cannot be right, whatever the text: told by text and correction alone. */
public final class PairRules {
    private static final int SHORT_CHARACTERS = 30;
    private static final double LONGEST_RATIO = 2.5;

    private PairRules() {}

    /**
     * What speaks against {@code target} as the translation or summary of {@code text}; none if nothing does.
     *
     * <p>A single word may be its own translation: a name is.
     */
    public static Optional<String> objection(GenerationTask task, String text, String target) {
        if (target.isBlank()) {
            return Optional.of("empty");
        }
        String source = TextPlace.normal(text);
        if (source.indexOf(' ') > 0 && source.equals(TextPlace.normal(target))) {
            return Optional.of("a copy of its text");
        }
        int longer = Math.max(text.length(), target.length());
        int shorter = Math.min(text.length(), target.length());
        if (task == GenerationTask.TRANSLATION && longer > SHORT_CHARACTERS && longer > LONGEST_RATIO * shorter) {
            return Optional.of("much longer or shorter than its text");
        }
        if (task == GenerationTask.SUMMARY && target.length() > text.length()) {
            return Optional.of("longer than its text");
        }
        return Optional.empty();
    }
}
