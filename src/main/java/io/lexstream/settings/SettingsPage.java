package io.lexstream.settings;

import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The page docs/settings.md, made from the declared settings. */
final class SettingsPage {
    private static final String HEAD = """
            # Settings

            Generated from `SettingsDefinition`. To write it anew:
            `mvn -q -Dquick -DskipTests=false -pl src -am -Dtest=SettingsPageTest \
            -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.page.write=true test`

            One properties file, given by `--config`, for `process` and `trainer` alike. Every setting can be overridden by the
            environment: `LEXSTREAM_`, then the name in capitals, dots as underscores (`LEXSTREAM_BATCH_MAX_TOKENS=2048`). An
            unknown name is an error.
            """;
    private static final String TAIL = """

            ## Handed on

            | setting | goes to |
            |---|---|
            | `topic.results.<task>` | the topic of that task's results; default `text.<task>` |
            | `train.weight.source.<source>` | how much a label counts whose `source` is that, times its kind's weight |
            | `consumer.*`, `producer.*` | the consumers and producers of Kafka Streams, without the prefix |
            | `streams.*` | Kafka Streams, without the prefix |
            | `ssl.*`, `sasl.*`, `security.*` | every Kafka client |
            | `schema.registry.*`, `basic.auth.*`, `bearer.auth.*` | the schema registry client |
            | `auto.register.schemas`, `use.latest.version`, `latest.compatibility.strict`, `normalize.schemas`, \
            `key.subject.name.strategy`, `value.subject.name.strategy` | the serdes |
            """;

    private SettingsPage() {}

    static String render() {
        ConfigDef definition = SettingsDefinition.define();
        StringBuilder page = new StringBuilder(HEAD);
        for (String group : definition.groups()) {
            page.append("\n## ")
                    .append(group)
                    .append("\n\n| setting | default | allowed | what it does |\n|---|---|---|---|\n");
            definition.configKeys().values().stream()
                    .filter(key -> key.group.equals(group))
                    .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                    .forEach(key -> page.append(row(key)));
        }
        return page.append(TAIL).toString();
    }

    private static String row(ConfigKey key) {
        return "| `" + key.name + "` | " + byDefault(key.defaultValue) + " | " + key.validator + " | "
                + key.documentation + " |\n";
    }

    private static String byDefault(Object value) {
        String text = value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
