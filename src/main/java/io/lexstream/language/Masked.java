package io.lexstream.language;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A sentence with placeholders, and what they stand for.
 *
 * @param text the sentence as a model reads it
 * @param values what {@code [1]}, {@code [2]} and so on stand for, in that order
 */
public record Masked(String text, List<String> values) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[1-9]]");

    public Masked {
        values = List.copyOf(values);
    }

    /** Whether anything but placeholders and marks is left: something to translate. */
    public boolean hasWords() {
        String rest = values.isEmpty() ? text : PLACEHOLDER.matcher(text).replaceAll("");
        return rest.codePoints().anyMatch(Character::isLetter);
    }

    /** Puts the values back into what a model made of {@link #text()}. */
    public Restored restore(String generated) {
        return Restored.of(generated, this);
    }

    /**
     * What a model made of the sentence without placeholders, and which of the values it lacks; a number or date counts
     * as there in whichever way it is written.
     */
    public Restored unmasked(String generated) {
        List<Protected> there = Protected.in(generated);
        List<String> missing = values.stream()
                .filter(value -> !generated.contains(value)
                        && Protected.in(value).stream()
                                .noneMatch(thing -> there.stream().anyMatch(thing::isSameThing)))
                .toList();
        return new Restored(generated, missing);
    }

    /** Whether the sentence has a letter or digit right before the value. */
    boolean isGluedBefore(int index) {
        return Restored.isGlued(text, text.indexOf(Masks.placeholder(index + 1)) - 1);
    }

    /** Whether the sentence has a letter or digit right behind the value. */
    boolean isGluedBehind(int index) {
        String placeholder = Masks.placeholder(index + 1);
        return Restored.isGlued(text, text.indexOf(placeholder) + placeholder.length());
    }
}
