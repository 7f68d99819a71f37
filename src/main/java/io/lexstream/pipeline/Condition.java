package io.lexstream.pipeline;

import java.util.List;
import java.util.Optional;

/** What must hold of a text, or a stage skips it. Its string is how the file of stages says it. */
sealed interface Condition {
    /** Whether it holds for {@code stage}; empty as long as that hangs on a stage that has not ended. */
    Optional<Boolean> holds(Course course, Stage stage);

    /**
     * The label that another stage gave is one of {@code labels}, or with {@code not} none of them. A stage that was
     * skipped or failed gave none.
     */
    record LabelIs(String of, List<String> labels, boolean not) implements Condition {
        public LabelIs {
            labels = List.copyOf(labels);
        }

        @Override
        public Optional<Boolean> holds(Course course, Stage stage) {
            return course.hasEnded(of)
                    ? Optional.of(course.label(of).filter(labels::contains).isPresent() != not)
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return labels.equals(List.of(of)) && not ? "not " + of : said(of, labels, not);
        }
    }

    /** The text's language is one of {@code codes}, or with {@code not} none of them; an unknown one is none. */
    record LanguageIs(List<String> codes, boolean not) implements Condition {
        public LanguageIs {
            codes = List.copyOf(codes);
        }

        @Override
        public Optional<Boolean> holds(Course course, Stage stage) {
            return course.language().map(language -> codes.contains(language.code()) != not);
        }

        @Override
        public String toString() {
            return said("language", codes, not);
        }
    }

    /** The text that the stage would read has more characters (code points). */
    record LongerThan(int characters) implements Condition {
        @Override
        public Optional<Boolean> holds(Course course, Stage stage) {
            return course.textFor(stage).map(text -> text.codePointCount(0, text.length()) > characters);
        }

        @Override
        public String toString() {
            return "longer than " + characters + " characters";
        }
    }

    private static String said(String of, List<String> values, boolean not) {
        return of + (not ? " is not " : " is ") + String.join(" or ", values);
    }
}
