package io.lexstream.language;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** German numbers with a dot that count or date something, as in "am 3. März": no sentence ends with that dot. */
final class Ordinals {
    private static final Set<String> COUNTED =
            Set.of(("januar jänner februar märz april mai juni juli august september oktober november "
                            + "dezember jan feb mär apr jun jul aug sep sept okt nov dez jahrhundert weltkrieg stock "
                            + "etage klasse liga bundesliga platz mal woche tag monat quartal halbjahr generation "
                            + "auflage versuch lieferung bestellung mahnung person hand wahl")
                    .split(" "));
    private static final Set<String> BEFORE = Set.of(
            ("am vom zum bis ab seit der die das den dem des im ins beim mein meine meinen jeder jede " + "jeden jedes")
                    .split(" "));
    private static final Pattern WORD_BEHIND = Pattern.compile("\\s*+(\\p{L}++)");

    private Ordinals() {}

    /**
     * Whether the number whose dot is at {@code dot} goes on behind it.
     *
     * @param numberStart where its digits begin
     */
    static boolean goesOn(String text, int lineStart, int numberStart, int dot, int lineEnd) {
        return dot - numberStart <= 2
                && (countsWhatFollows(text, dot + 1, lineEnd)
                        || BEFORE.contains(wordBefore(text, lineStart, numberStart)));
    }

    /** Whether what looks like a list marker from {@code start} to {@code end} is the beginning of "3. März". */
    static boolean isOrdinal(String text, int start, int end, int lineEnd) {
        return end > start
                && countsWhatFollows(text, end, lineEnd)
                && text.substring(start, end).strip().endsWith(".");
    }

    private static boolean countsWhatFollows(String text, int start, int end) {
        Matcher word = WORD_BEHIND.matcher(text).region(start, end);
        return word.lookingAt() && COUNTED.contains(word.group(1).toLowerCase(Locale.ROOT));
    }

    private static String wordBefore(String text, int lineStart, int end) {
        int wordEnd = end;
        while (wordEnd > lineStart && Character.isWhitespace(text.charAt(wordEnd - 1))) {
            wordEnd--;
        }
        int start = wordEnd;
        while (start > lineStart && wordEnd - start < 8 && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, wordEnd).toLowerCase(Locale.ROOT);
    }
}
