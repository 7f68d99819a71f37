package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.ReadOptions;

/** What a model is trained to write of a text. */
public sealed interface Purpose {
    /** The manifest's kind. */
    String kind();

    /** The model's name, for people. */
    String modelName();

    /**
     * Its translation.
     *
     * @param sourceColumn of tables, from 1; the translation is the other one of the first two
     * @param caseNoise see {@link CaseNoise}
     */
    record Translation(Languages languages, int sourceColumn, double caseNoise) implements Purpose {
        @Override
        public String kind() {
            return "translation";
        }

        @Override
        public String modelName() {
            return "lexstream-" + String.join("-", languages.sources()) + "-" + languages.target();
        }

        @Override
        public String toString() {
            return languages.toString();
        }
    }

    /**
     * Its summary; what is too long to be read is cut.
     *
     * @param columns where text and summary stand in JSON lines and in tables with a header
     */
    record Summary(ReadOptions columns) implements Purpose {
        @Override
        public String kind() {
            return "summary";
        }

        @Override
        public String modelName() {
            return "lexstream-abstractive";
        }

        @Override
        public String toString() {
            return String.join(", ", columns.textColumns()) + " -> " + columns.labelColumn();
        }
    }
}
