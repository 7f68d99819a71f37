package io.lexstream.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Replaces what must survive a translation untouched by placeholders: addresses, user names and hashtags, prices,
 * measures, dates, times and longer numbers, order numbers, emoji.
 *
 * <p>A placeholder is {@code [1]} to {@code [9]}, numbered in the order of the sentence: characters that every subword
 * vocabulary has, and that models copy. A vocabulary trained by us has each as one token ({@link #placeholders()}).
 *
 * <p>Training and serving must mask alike, so that a model has learnt to copy what it will meet: serving masks a source
 * by {@link #mask(String)}, training both sides of a pair by {@link #mask(String, String)}.
 */
public final class Masks {
    private static final int MOST = 9;

    private Masks() {}

    /** All placeholders there are, for a vocabulary to have as tokens of their own. */
    public static List<String> placeholders() {
        return IntStream.rangeClosed(1, MOST).mapToObj(Masks::placeholder).toList();
    }

    /**
     * Masks a sentence. What looks like a placeholder in it is masked, too. Of more than nine such things the first
     * ones are masked, the others stay.
     */
    public static Masked mask(String sentence) {
        return replace(sentence, chosen(Protected.in(sentence)));
    }

    /**
     * Masks both sides of a translation, for training: a thing that stands on both sides gets the same placeholder on
     * both, numbered in the order of the source; what stands on one side only stays as it is. A price, number or date
     * is the same thing however the languages write it ("3,50 €", "€3.50"): its target is the placeholder, too.
     */
    public static MaskedPair mask(String source, String target) {
        List<Protected> inSource = Protected.in(source);
        List<Protected> inTarget = new ArrayList<>(Protected.in(target));
        Map<Integer, Integer> numberByTargetStart = new HashMap<>();
        List<Protected> shared = new ArrayList<>();
        List<Protected> sharedInTarget = new ArrayList<>();
        for (Protected thing : inSource) {
            Optional<Protected> twin =
                    inTarget.stream().filter(thing::isSameThing).findFirst();
            if (twin.isPresent() && shared.size() < MOST) {
                inTarget.remove(twin.get());
                shared.add(thing);
                sharedInTarget.add(twin.get());
                numberByTargetStart.put(twin.get().span().start(), shared.size());
            }
        }
        sharedInTarget.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
        return new MaskedPair(
                replace(source, shared).text(), replaceNumbered(target, sharedInTarget, numberByTargetStart));
    }

    static String placeholder(int number) {
        return "[" + number + "]";
    }

    /** The first nine, things that look like placeholders before all others; none if there are too many of those. */
    private static List<Protected> chosen(List<Protected> all) {
        long literal = all.stream().filter(Protected::isLiteral).count();
        if (literal > MOST) {
            return List.of();
        }
        List<Protected> chosen = new ArrayList<>();
        long room = MOST - literal;
        for (Protected thing : all) {
            if (thing.isLiteral()) {
                chosen.add(thing);
            } else if (room > 0) {
                chosen.add(thing);
                room--;
            }
        }
        return chosen;
    }

    private static Masked replace(String sentence, List<Protected> things) {
        StringBuilder masked = new StringBuilder();
        List<String> values = new ArrayList<>(things.size());
        int end = 0;
        for (Protected thing : things) {
            values.add(thing.span().of(sentence));
            masked.append(sentence, end, thing.span().start()).append(placeholder(values.size()));
            end = thing.span().end();
        }
        return new Masked(masked.append(sentence.substring(end)).toString(), values);
    }

    private static String replaceNumbered(String text, List<Protected> things, Map<Integer, Integer> numberByStart) {
        StringBuilder masked = new StringBuilder();
        int end = 0;
        for (Protected thing : things) {
            int number = numberByStart.getOrDefault(thing.span().start(), 0);
            masked.append(text, end, thing.span().start()).append(placeholder(number));
            end = thing.span().end();
        }
        return masked.append(text.substring(end)).toString();
    }
}
