package io.lexstream.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A generated sentence with its values put back.
 *
 * <p>Models garble. A placeholder with spaces inside or one bracket lost is still that placeholder; one that comes
 * twice stands the first time only; one that nobody asked for goes. What a model dropped is {@link #missing()}.
 *
 * @param text the sentence, free of placeholders
 * @param missing the values that it does not have, in order
 */
public record Restored(String text, List<String> missing) {
    /** Whole, then with either bracket lost. */
    private static final Pattern PLACEHOLDER = Pattern.compile("[\\[［]\\s*+(?<whole>[0-9]{1,3}+)\\s*+[\\]］]++"
            + "|[\\[［]\\s*+(?<open>[1-9])(?![0-9\\p{L}])"
            + "|(?<![0-9\\p{L}])(?<close>[1-9])\\s*+[\\]］]++");

    public Restored {
        missing = List.copyOf(missing);
    }

    static Restored of(String generated, Masked masked) {
        List<String> values = masked.values();
        if (values.isEmpty()) {
            return new Restored(generated, List.of());
        }
        boolean[] found = new boolean[values.size()];
        StringBuilder text = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(generated);
        int end = 0;
        while (placeholder.find()) {
            int index = number(placeholder) - 1;
            text.append(generated, end, placeholder.start());
            end = placeholder.end();
            if (index >= 0 && index < values.size() && !found[index]) {
                found[index] = true;
                text.append(isGlued(text, text.length() - 1) && !masked.isGluedBefore(index) ? " " : "")
                        .append(values.get(index))
                        .append(isGlued(generated, end) && !masked.isGluedBehind(index) ? " " : "");
            } else {
                end = dropWithSpace(text, generated, end);
            }
        }
        text.append(generated.substring(end));
        return new Restored(text.toString().strip(), missing(values, found));
    }

    /** The text with what is missing in brackets at its end, before its last mark: nothing of the source is lost. */
    public String complete() {
        if (missing.isEmpty()) {
            return text;
        }
        String addition = "(" + String.join(", ", missing) + ")";
        int end = text.length();
        while (end > 0 && ".!?… ".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end == 0 ? addition + text : text.substring(0, end) + " " + addition + text.substring(end);
    }

    private static int number(Matcher placeholder) {
        for (String form : List.of("whole", "open", "close")) {
            String digits = placeholder.group(form);
            if (digits != null) {
                return Integer.parseInt(digits);
            }
        }
        throw new IllegalStateException("a placeholder without a number");
    }

    private static List<String> missing(List<String> values, boolean[] found) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            if (!found[i]) {
                missing.add(values.get(i));
            }
        }
        return missing;
    }

    /** Whether a letter or digit is at {@code index}, where a value begins or ends. */
    static boolean isGlued(CharSequence text, int index) {
        return index >= 0 && index < text.length() && Character.isLetterOrDigit(text.charAt(index));
    }

    private static int dropWithSpace(StringBuilder text, String generated, int end) {
        boolean spaceBefore = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
        boolean spaceBehind = end < generated.length() && Character.isWhitespace(generated.charAt(end));
        if (spaceBefore && !text.isEmpty() && !spaceBehind) {
            text.setLength(text.length() - 1);
        }
        return spaceBefore && spaceBehind ? end + 1 : end;
    }
}
