package io.lexstream.ops.terminal;

import java.util.ArrayList;
import java.util.List;

/** Running text as lines of a terminal, broken between words. */
public final class Paragraph {
    private static final String MORE = "…";

    private Paragraph() {}

    /**
     * The lines of {@code text}, none wider than {@code width} characters; if there would be more than {@code most},
     * the last one ends with an ellipsis.
     *
     * @param text words between single spaces; one that is wider than a line is broken
     */
    public static List<String> lines(String text, int width, int most) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (width(rest) > width && lines.size() < most - 1) {
            int fits = rest.offsetByCodePoints(0, width);
            int space = rest.lastIndexOf(' ', fits);
            lines.add(rest.substring(0, space > 0 ? space : fits));
            rest = rest.substring(space > 0 ? space + 1 : fits);
        }
        lines.add(beginning(rest, width));
        return lines;
    }

    /** The first {@code most} characters of {@code text}, never half of one; an ellipsis tells that it goes on. */
    public static String beginning(String text, int most) {
        if (width(text) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 1))) + MORE;
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
