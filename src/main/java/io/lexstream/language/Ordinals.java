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
    /** What sentences begin with, and what nobody counts. */
    private static final Set<String> STARTING =
            Set.of(("ich wir sie er es du ihr man der die das ein eine einen kein keine "
                            + "dann aber und oder doch nie immer noch nur leider jetzt heute gestern seit bis auf in im am an mit "
                            + "bei von zu für aus nach vor über unter als wenn weil dass ob da so wie was wer wo warum wann kann "
                            + "können darf soll muss bitte danke bisher trotzdem außerdem mein meine unser unsere ihre ist sind "
                            + "war hat habe haben nicht nichts alles ab")
                    .split(" "));

    private static final Pattern WORD_BEHIND = Pattern.compile("\\s*+(\\p{L}++)");

    private Ordinals() {}

    /**
     * Whether the number whose dot is at {@code dot} goes on behind it.
     *
     * @param numberStart where its digits begin
     */
    static boolean goesOn(String text, int lineStart, int numberStart, int dot, int lineEnd) {
        if (dot - numberStart > 2) {
            return false;
        }
        String next = wordBehind(text, dot + 1, lineEnd);
        return COUNTED.contains(next)
                || (BEFORE.contains(wordBefore(text, lineStart, numberStart)) && !STARTING.contains(next));
    }

    /** Whether what looks like a list marker from {@code start} to {@code end} is the beginning of "3. März". */
    static boolean isOrdinal(String text, int start, int end, int lineEnd) {
        return end > start
                && COUNTED.contains(wordBehind(text, end, lineEnd))
                && text.substring(start, end).strip().endsWith(".");
    }

    private static String wordBehind(String text, int start, int end) {
        Matcher word = WORD_BEHIND.matcher(text).region(start, end);
        return word.lookingAt() ? word.group(1).toLowerCase(Locale.ROOT) : "";
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
