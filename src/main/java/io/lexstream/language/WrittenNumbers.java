package io.lexstream.language;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What numbers and dates mean, however a language writes them. */
final class WrittenNumbers {
    private static final Pattern NUMBER =
            Pattern.compile("[0-9]++(?:[.,'’\\u00A0\\u202F][0-9]++| [0-9]{3}(?![0-9]))*+");
    private static final Pattern THREE_DIGITS = Pattern.compile("[0-9]{1,3}+([.,'’ \\u00A0\\u202F][0-9]{3})++");

    private WrittenNumbers() {}

    /** "3,50 €", "€3.50" and "EUR 3.50" are "3.5 eur"; the order of number and unit does not count. */
    static String value(String text) {
        Matcher number = NUMBER.matcher(text);
        StringBuilder values = new StringBuilder();
        StringBuilder unit = new StringBuilder();
        int end = 0;
        while (number.find()) {
            unit.append(text, end, number.start());
            values.append(plain(number.group())).append(' ');
            end = number.end();
        }
        return values + unit(unit.append(text.substring(end)).toString());
    }

    /** The numbers of a date or time, sorted: 3.4.2024, 04/03/2024 and 2024-04-03 are one. */
    static String dateParts(String text) {
        return Arrays.stream(text.split("[^0-9]+"))
                .filter(part -> !part.isEmpty())
                .map(Integer::valueOf)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    private static String plain(String number) {
        if (THREE_DIGITS.matcher(number).matches()) {
            return number.replaceAll("[^0-9]", "");
        }
        int point = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
        if (point < 0) {
            return number.replaceAll("[^0-9]", "");
        }
        String fraction = number.substring(point + 1).replaceAll("0+$", "");
        String whole = number.substring(0, point).replaceAll("[^0-9]", "");
        return fraction.isEmpty() ? whole : whole + "." + fraction;
    }

    private static String unit(String text) {
        return text.replaceAll("[\\s\\p{Z}]", "")
                .replace("€", "eur")
                .replace("$", "usd")
                .replace("£", "gbp")
                .replace('–', '-')
                .replace('×', 'x')
                .toLowerCase(Locale.ROOT);
    }
}
