package io.lexstream.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thing in a sentence that no translation changes.
 *
 * @param span where it stands
 * @param kind what it is
 * @param sense the same for the same thing in whichever language: the text itself, or of a number its value and unit
 */
record Protected(Span span, Kind kind, String sense) {
    enum Kind {
        PLACEHOLDER,
        ADDRESS,
        DATE,
        NUMBER,
        /** Hashtags, user names, order numbers, emoji: the same characters everywhere. */
        SIGN
    }

    private static final String BEGINS = "(?<![\\p{L}\\p{N}])";
    private static final String ENDS = "(?![\\p{L}\\p{N}])";
    private static final String SPACE = "[ \\u00A0\\u202F]?+";
    private static final String DIGITS = "[0-9]++(?:[.,'’\\u00A0\\u202F][0-9]++| [0-9]{3}(?![0-9]))*+";
    private static final String SIGNED = "[-+−±]?+" + DIGITS;

    private static final String PLACEHOLDER = "\\[[0-9]{1,3}+]";
    private static final String DATE = BEGINS
            + "(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}+[./-][0-9]{1,2}+[./-](?:[0-9]{4}|[0-9]{2})"
            + "|[0-9]{1,2}+:[0-9]{2}(?::[0-9]{2})?+|[0-9]{1,2}+h[0-9]{2})" + ENDS;

    private static final String CURRENCY = "(?:[€$£¥]|(?:EUR|USD|GBP|CHF)(?!\\p{L}))";
    private static final String UNIT =
            "(?:" + CURRENCY + "|[%‰]|°[CF]?|(?:mm|cm|dm|km|m|kg|mg|g|ml|cl|l|kWh|kW|W|mAh|Ah"
                    + "|MHz|GHz|kHz|Hz|kB|KB|MB|GB|TB|Mbit/s|px|dpi|h|min|ms)[²³]?" + ENDS + ")";
    private static final String PRICE = CURRENCY + SPACE + SIGNED + ENDS;
    private static final String MEASURE =
            SIGNED + "(?:" + SPACE + "[x×–/-]" + SPACE + DIGITS + "){0,3}+" + SPACE + UNIT;
    private static final String PHONE = "(?:\\+|0)[0-9]++(?:[ /()-]{1,2}+[0-9]{2,}+){1,6}+" + ENDS;
    /** A whole number of one or two digits is left to the model: grammar hangs on it. */
    private static final String LONG_NUMBER =
            "[0-9]++(?:[.,'’/×–\\u00A0\\u202F-][0-9]++)++" + ENDS + "|[0-9]{3,}+" + ENDS;

    private static final String NUMBER = BEGINS + "(?:" + String.join("|", PRICE, MEASURE, PHONE, LONG_NUMBER) + ")";

    private static final String TAG = "(?<![\\p{L}\\p{N}_])(?:#[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*+"
            + "|@[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_.-]{0,60}[\\p{L}\\p{N}_])?)";
    /** Capitals and digits, perhaps in groups, or a name with capitals and a digit: AB-12345, XR7, iPhone12. */
    private static final String CODE = BEGINS
            + "(?:(?=[A-Z/_-]{0,30}+[0-9])(?=[0-9/_-]{0,30}+[A-Z])[A-Z0-9]++(?:[-_/][A-Z0-9]++)*+"
            + "|(?=[a-z]{0,20}+[A-Z])[a-zA-Z]++[0-9]++[a-zA-Z]*+)" + ENDS;

    private static final String EMOJI = "(?:" + Ornaments.EMOJI.pattern() + ")++";
    private static final String SMILEY = BEGINS + "[:;=]-?+[)(DPp/|]++" + ENDS + "|<3(?![0-9])";

    private static final Pattern THING = Pattern.compile("(?<placeholder>" + PLACEHOLDER + ")"
            + "|(?<address>" + Addresses.ADDRESS.pattern() + ")"
            + "|(?<date>" + DATE + ")"
            + "|(?<number>" + NUMBER + ")"
            + "|" + String.join("|", TAG, CODE, EMOJI, SMILEY));

    /** Those of the sentence, in its order. */
    static List<Protected> in(String sentence) {
        List<Protected> found = new ArrayList<>();
        Matcher thing = THING.matcher(sentence);
        while (thing.find()) {
            Kind kind = kind(thing);
            found.add(new Protected(new Span(thing.start(), thing.end()), kind, sense(kind, thing.group())));
        }
        return found;
    }

    boolean isLiteral() {
        return kind == Kind.PLACEHOLDER;
    }

    boolean isSameThing(Protected other) {
        return kind == other.kind && sense.equals(other.sense);
    }

    private static Kind kind(Matcher thing) {
        if (thing.group("placeholder") != null) {
            return Kind.PLACEHOLDER;
        }
        if (thing.group("address") != null) {
            return Kind.ADDRESS;
        }
        if (thing.group("date") != null) {
            return Kind.DATE;
        }
        return thing.group("number") != null ? Kind.NUMBER : Kind.SIGN;
    }

    private static String sense(Kind kind, String text) {
        return switch (kind) {
            case PLACEHOLDER, SIGN -> text;
            case ADDRESS -> text.toLowerCase(Locale.ROOT);
            case DATE -> WrittenNumbers.dateParts(text);
            case NUMBER -> WrittenNumbers.value(text);
        };
    }
}
