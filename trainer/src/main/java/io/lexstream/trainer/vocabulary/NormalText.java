package io.lexstream.trainer.vocabulary;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text looks to the vocabulary, and the words it is cut into; in Java what the {@code tokenizer.json} says for
 * other readers: {@link TokenizerJson} writes the same rules.
 *
 * <p>Lossy on purpose: accents composed (NFC), white space one blank, typographic quotes and dots typewritten.
 */
final class NormalText {
    /** A blank: it stands at the front of the word behind it. */
    static final String BLANK = "▁";

    static final String SPACE_RULE = "[▁⇧⇪\\s]+";
    static final String APOSTROPHES_RULE = "[’‘ʼ]";
    static final String QUOTES_RULE = "«\\s*|\\s*»|[“”„]";
    static final String DOTS = "…";

    /**
     * Marks; placeholders of what is not translated; words, with an elided one's apostrophe; digits; runs of all else.
     */
    static final String WORD_RULE =
            "[⇧⇪]|▁?\\[[1-9]\\]|▁?[\\p{L}\\p{M}]+'?|▁?\\p{N}|▁?[^▁⇧⇪\\p{L}\\p{M}\\p{N}]+?(?=\\[[1-9]\\])|▁?[^▁⇧⇪\\p{L}\\p{M}\\p{N}]+|▁";

    private static final Pattern SPACE = Pattern.compile(SPACE_RULE, Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern APOSTROPHES = Pattern.compile(APOSTROPHES_RULE);
    private static final Pattern QUOTES = Pattern.compile(QUOTES_RULE, Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile(WORD_RULE);

    private NormalText() {}

    /** The normal form as people would write it. */
    static String of(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        String spaced = strip(SPACE.matcher(composed).replaceAll(" "));
        String apostrophes = APOSTROPHES.matcher(spaced).replaceAll("'");
        return QUOTES.matcher(apostrophes).replaceAll("\"").replace(DOTS, "...");
    }

    /** The words of a text, marks of case among them. */
    static List<String> words(String text, CaseMarks marks) {
        String normal = of(text);
        return normal.isEmpty() ? List.of() : cut((BLANK + normal).replace(" ", BLANK), marks);
    }

    /** The words of a normal form in which {@link #BLANK} stands for each blank. */
    static List<String> cut(String normal, CaseMarks marks) {
        List<String> words = new ArrayList<>();
        String marked = marks.mark(normal)
                .replace(BLANK + CaseMarks.CAPITAL, CaseMarks.CAPITAL + BLANK)
                .replace(BLANK + CaseMarks.CAPITALS, CaseMarks.CAPITALS + BLANK);
        Matcher word = WORD.matcher(marked);
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }

    /** Blanks only: all other white space is one by now. */
    private static String strip(String text) {
        int start = text.startsWith(" ") ? 1 : 0;
        int end = text.length() > start && text.endsWith(" ") ? text.length() - 1 : text.length();
        return text.substring(start, end);
    }
}
