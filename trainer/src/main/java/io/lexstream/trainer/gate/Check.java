package io.lexstream.trainer.gate;

import java.util.Locale;

/**
 * One question that was asked, and the answer.
 *
 * @param name what was asked about, such as {@code trusted rows}
 * @param sentence the answer with its figures, for people; never a part of a text
 */
public record Check(String name, boolean passed, String sentence) {
    static Check passed(String name, String sentence) {
        return new Check(name, true, sentence);
    }

    static Check failed(String name, String sentence) {
        return new Check(name, false, sentence);
    }

    /** Trusted rows that nobody has named. */
    static Check tooFewTrusted(int trusted, GateSettings settings) {
        return failed(
                "trusted rows",
                text(
                        "only %d of the %d that are needed; name files of trusted rows (train.trusted.data)",
                        trusted, settings.minTrustedRows()));
    }

    /** Too few rows to tell a first version from no model. */
    static Check tooFewRows(String name, int rows, GateSettings settings) {
        return failed(name, text("only %d held-out rows of the %d that are needed", rows, settings.minTrustedRows()));
    }

    /** A difference of figures from 0 to 1 as points, with its sign. */
    static String points(double difference) {
        return text("%+.1f", 100 * difference);
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String toString() {
        return name + (passed ? ": " : ": NO: ") + sentence;
    }
}
