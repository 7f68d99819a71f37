package io.lexstream.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/** Lengths of time as people write them in a settings file: a whole number and a unit. */
final class Times {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Times() {}

    /** @throws ConfigException if {@code value} is not a length of time */
    static Duration parse(String setting, String value) {
        Matcher matcher = TIME.matcher(value);
        if (!matcher.matches()) {
            throw new ConfigException(setting, value, "write a whole number and ms, s, m, h or d");
        }
        Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
        return unit.multipliedBy(Long.parseLong(matcher.group(1)));
    }
}
