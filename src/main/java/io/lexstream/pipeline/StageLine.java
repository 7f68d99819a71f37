package io.lexstream.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads one line of the file of stages: {@code TASK [if CONDITION {and CONDITION}] [on original]}. What it throws says
 * what is wrong with the line.
 */
final class StageLine {
    private static final String CONDITIONS =
            "not STAGE, STAGE is LABEL, language is CODE, longer than NUMBER characters";
    private static final Predicate<String> CODE = Pattern.compile("[a-z]{2,3}").asMatchPredicate();

    private final Deque<String> words;

    private StageLine(String line) {
        this.words = new ArrayDeque<>(Arrays.asList(line.strip().split("\\s+")));
    }

    static Stage parse(String line) {
        return new StageLine(line).stage();
    }

    private Stage stage() {
        String name = words.remove();
        List<Condition> conditions = new ArrayList<>();
        if (accept("if")) {
            do {
                conditions.add(condition());
            } while (accept("and"));
        }
        boolean onOriginal = accept("on");
        if (onOriginal) {
            require("original", "on original");
        }
        if (!words.isEmpty()) {
            String expected = onOriginal ? "the end" : conditions.isEmpty() ? "if, on original" : "and, on original";
            throw new IllegalArgumentException("'" + words.peek() + "' is not expected here, but " + expected);
        }
        return new Stage(name, conditions, onOriginal);
    }

    private Condition condition() {
        String first = word("a condition: " + CONDITIONS);
        if (first.equals("not")) {
            String stage = word("a stage after not");
            return new Condition.LabelIs(stage, List.of(stage), true);
        }
        if (first.equals("longer")) {
            require("than", "longer than NUMBER characters");
            int characters = number(word("a number of characters"));
            require("characters", "longer than NUMBER characters");
            return new Condition.LongerThan(characters);
        }
        if (!accept("is")) {
            throw new IllegalArgumentException("unknown condition '" + first + "'; known are: " + CONDITIONS);
        }
        boolean not = accept("not");
        List<String> values = new ArrayList<>();
        do {
            values.add(word("a value after " + first + " is"));
        } while (accept("or"));
        return first.equals("language") ? language(values, not) : new Condition.LabelIs(first, values, not);
    }

    private static Condition language(List<String> codes, boolean not) {
        for (String code : codes) {
            if (!CODE.test(code)) {
                throw new IllegalArgumentException("'" + code + "' is no language; write ISO 639-1 codes, as en or de");
            }
        }
        return new Condition.LanguageIs(codes, not);
    }

    private static int number(String word) {
        try {
            int number = Integer.parseInt(word);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + word + "' is no number of characters");
    }

    private boolean accept(String word) {
        boolean there = word.equals(words.peek());
        if (there) {
            words.remove();
        }
        return there;
    }

    private void require(String word, String form) {
        if (!accept(word)) {
            String instead = words.isEmpty() ? "the line ends" : "'" + words.peek() + "'";
            throw new IllegalArgumentException(instead + " where '" + form + "' should go on with " + word);
        }
    }

    private String word(String expected) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("the line ends where it should go on with " + expected);
        }
        return words.remove();
    }
}
