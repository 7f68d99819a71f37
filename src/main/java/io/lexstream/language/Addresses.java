package io.lexstream.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the URLs, host names and e-mail addresses of a text are: their dots and question marks end no sentence. */
final class Addresses {
    /** What the pattern below matches; a mark or bracket at the end belongs to the sentence around it. */
    private static final String LAST = "(?<![.,;:!?…'\"”“»)\\]}>])";

    private static final String URL =
            "(?:(?i:https?|ftp)://|(?<![\\p{L}\\p{N}@.])(?i:www)\\.)[^\\s\\p{Z}<>\"“”«»]{2,2000}" + LAST;
    private static final String EMAIL =
            "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}+@(?:[\\p{L}\\p{N}-]{1,63}+\\.){1,8}+\\p{L}{2,24}+";
    private static final String HOST =
            "(?<![\\p{L}\\p{N}@._-])(?:[a-zA-Z0-9-]{1,63}+\\.){1,4}(?:com|org|net|io|eu|de|fr|es|at|ch|"
                    + "co\\.uk|uk|info|app|shop|dev|nl)(?![\\p{L}\\p{N}_-]|\\.\\p{L})(?:/[^\\s\\p{Z}<>\"“”«»]{0,2000}"
                    + LAST + ")?";

    /** One address. Linear in the text: no part can begin inside what another attempt has passed over. */
    static final Pattern ADDRESS = Pattern.compile(URL + "|" + EMAIL + "|" + HOST);

    private final List<Span> spans;
    private int next;

    private Addresses(List<Span> spans) {
        this.spans = spans;
    }

    static Addresses in(String text) {
        List<Span> spans = new ArrayList<>();
        if (text.indexOf('.') >= 0) {
            Matcher address = ADDRESS.matcher(text);
            while (address.find()) {
                spans.add(new Span(address.start(), address.end()));
            }
        }
        return new Addresses(spans);
    }

    /** Whether an address begins before {@code index} and ends behind it. Asked for ever larger ones. */
    boolean reachOver(int index) {
        while (next < spans.size() && spans.get(next).end() <= index) {
            next++;
        }
        return next < spans.size() && spans.get(next).start() < index;
    }
}
