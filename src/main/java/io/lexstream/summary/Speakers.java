package io.lexstream.summary;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who speaks in the lines of a dialogue. */
final class Speakers {
    /** A name of at most 40 characters with a colon, and something behind it. */
    private static final Pattern LINE = Pattern.compile("\\s*+([\\p{L}\\p{N}#@<\\[][^:\\n]{0,38}:)\\s++(?=\\S)");

    private static final int FEWEST_LINES = 3;
    private static final double LEAST_SHARE = 0.6;

    private Speakers() {}

    /**
     * Whether these lines are a dialogue: three or more, most of them with a speaker, and somebody speaks twice. "Pros:
     * ..., Cons: ..." is none.
     */
    static boolean talkIn(List<String> lines) {
        Set<String> names = new HashSet<>();
        int spoken = 0;
        for (String line : lines) {
            Matcher speaker = LINE.matcher(line);
            if (speaker.lookingAt()) {
                spoken++;
                names.add(speaker.group(1));
            }
        }
        return spoken >= FEWEST_LINES && spoken >= LEAST_SHARE * lines.size() && names.size() < spoken;
    }

    /** The line's speaker with the colon; empty if it has none. */
    static String of(String line) {
        Matcher speaker = LINE.matcher(line);
        return speaker.lookingAt() ? speaker.group(1) : "";
    }

    /** What is said in the line: all behind the speaker. */
    static String saidIn(String line) {
        Matcher speaker = LINE.matcher(line);
        return speaker.lookingAt() ? line.substring(speaker.end()) : line;
    }
}
