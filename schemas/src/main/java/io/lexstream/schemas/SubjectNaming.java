package io.lexstream.schemas;

import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** How a registry subject is named after a topic and a record, as Confluent's strategies of the same names do. */
enum SubjectNaming {
    TopicNameStrategy {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return topic + (isKey ? "-key" : "-value");
        }
    },
    RecordNameStrategy {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return schema.getFullName();
        }
    },
    TopicRecordNameStrategy {
        @Override
        String subject(String topic, boolean isKey, Schema schema) {
            return topic + "-" + schema.getFullName();
        }
    };

    private static final String CONFLUENT_PACKAGE = "io.confluent.kafka.serializers.subject.";

    /** The strategy of a setting's value: Confluent's class name, or the short one. */
    static SubjectNaming named(String setting, String name) {
        String shortName = name.startsWith(CONFLUENT_PACKAGE) ? name.substring(CONFLUENT_PACKAGE.length()) : name;
        for (SubjectNaming naming : values()) {
            if (naming.name().equals(shortName)) {
                return naming;
            }
        }
        throw new ConfigException(
                setting, name, "must be TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
    }

    abstract String subject(String topic, boolean isKey, Schema schema);
}
