package io.lexstream.trainer;

import io.lexstream.language.Sentences;
import java.util.List;
import java.util.regex.Pattern;

/** The beginning of a text, which is a fair summary of most: what a summary has to beat. */
final class Lead {
    private static final Pattern TURN = Pattern.compile("\\S[^:\\n]{0,40}:\\s.*");
    private static final int TURNS_OF_A_DIALOGUE = 3;

    private Lead() {}

    /** The first sentences, or the first turns of a dialogue with their speakers; a line each. */
    static String of(String text, int units) {
        List<String> turns = text.lines().filter(line -> !line.isBlank()).toList();
        boolean dialogue = turns.size() >= TURNS_OF_A_DIALOGUE
                && turns.stream().allMatch(line -> TURN.matcher(line).matches());
        List<String> all = dialogue ? turns : Sentences.of(text).sentences();
        return String.join("\n", all.subList(0, Math.min(units, all.size())));
    }
}
