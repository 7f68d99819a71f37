package io.lexstream.trainer.metrics;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words as {@code mteval-v13a} cuts them, the script of the NIST and WMT campaigns, with sacreBLEU's white space: that
 * of Unicode, so that a no-break space before a French question mark separates.
 */
final class Tokens13a {
    private static final String WHITE_SPACE = "[\\s\\x1c-\\x1f\\x85\\p{Z}]+";
    private static final Pattern SPACES = Pattern.compile(WHITE_SPACE);
    private static final Pattern TRAILING = Pattern.compile(WHITE_SPACE + "$");
    private static final Pattern SYMBOL = Pattern.compile("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])");
    private static final Pattern POINT_BEHIND_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_BEHIND_DIGIT = Pattern.compile("([0-9])(-)");

    private Tokens13a() {}

    static List<String> of(String text) {
        String line = TRAILING.matcher(text).replaceFirst("");
        line = line.replace("<skipped>", "")
                .replace("-\n", "")
                .replace('\n', ' ')
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        line = " " + line + " ";
        line = SYMBOL.matcher(line).replaceAll(" $1 ");
        line = POINT_BEHIND_NO_DIGIT.matcher(line).replaceAll("$1 $2 ");
        line = POINT_BEFORE_NO_DIGIT.matcher(line).replaceAll(" $1 $2");
        line = DASH_BEHIND_DIGIT.matcher(line).replaceAll("$1 $2 ");
        return words(line);
    }

    /** What stands between white space. */
    static List<String> words(String text) {
        return Stream.of(SPACES.split(text, -1)).filter(word -> !word.isEmpty()).toList();
    }
}
