package io.lexstream.trainer.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Makes customer messages in four parallel languages of templates, nouns and phrases. */
public final class FeedbackGrammar {
    public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");

    private static final String CLOSING = "closing-";
    private static final double SECOND_SENTENCE = 0.4;
    private static final double WITH_CLOSING = 0.4;

    private final Map<String, List<Map<String, Noun>>> nouns = new LinkedHashMap<>();
    private final Map<String, List<Map<String, String>>> phrases = new LinkedHashMap<>();
    private final List<FeedbackTemplate> templates = new ArrayList<>();

    private FeedbackGrammar() {}

    /** @throws IllegalArgumentException if a line is not as the file's head says; the message names it */
    public static FeedbackGrammar read(Path file) throws IOException {
        FeedbackGrammar grammar = new FeedbackGrammar();
        String[] section = {"", ""};
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                if (line.startsWith("[")) {
                    section = line.substring(1, line.length() - 1).split(" ", 2);
                } else {
                    grammar.add(section[0], section[1], line.split(" \\| ", -1));
                }
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(file.getFileName() + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        return grammar;
    }

    /** @param keptBack whether of the templates that are kept back for development, or of the others */
    public List<FeedbackMessage> messages(int count, boolean keptBack, long seed) {
        List<FeedbackTemplate> usable =
                templates.stream().filter(each -> each.keptBack() == keptBack).toList();
        Random random = new Random(seed);
        List<FeedbackMessage> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(message(usable, random));
        }
        return messages;
    }

    List<FeedbackTemplate> templates() {
        return List.copyOf(templates);
    }

    private FeedbackMessage message(List<FeedbackTemplate> usable, Random random) {
        FeedbackTemplate first = pick(usable, random);
        Map<String, Noun> noun = pick(nouns.getOrDefault(first.category(), List.of()), random);
        List<FeedbackTemplate> sentences = new ArrayList<>(List.of(first));
        List<FeedbackTemplate> alike = usable.stream()
                .filter(other -> !other.equals(first)
                        && other.category().equals(first.category())
                        && other.sentiment().equals(first.sentiment()))
                .toList();
        if (!alike.isEmpty() && random.nextDouble() < SECOND_SENTENCE) {
            sentences.add(pick(alike, random));
        }
        Map<String, Map<String, String>> fillings = fillings(random);
        Map<String, String> closing = random.nextDouble() < WITH_CLOSING
                ? pick(phrases.getOrDefault(CLOSING + first.sentiment(), List.of(Map.of())), random)
                : Map.of();
        Map<String, String> texts = new HashMap<>();
        for (String language : LANGUAGES) {
            List<String> parts = new ArrayList<>();
            for (FeedbackTemplate sentence : sentences) {
                parts.add(sentence.fill(language, get(noun, language), get(fillings, language)));
            }
            if (closing.containsKey(language)) {
                parts.add(get(closing, language));
            }
            texts.put(language, String.join(" ", parts));
        }
        return new FeedbackMessage(first.sentiment(), first.topic(), texts);
    }

    /** By language, what fills each named place: two different phrases of a kind, {@code day} and {@code day2}. */
    private Map<String, Map<String, String>> fillings(Random random) {
        Map<String, Map<String, String>> fillings = new HashMap<>();
        LANGUAGES.forEach(language -> fillings.put(language, new HashMap<>()));
        phrases.forEach((name, choices) -> {
            int one = random.nextInt(choices.size());
            int two = (one + 1 + random.nextInt(Math.max(1, choices.size() - 1))) % choices.size();
            for (String language : LANGUAGES) {
                get(fillings, language).put(name, get(choices.get(one), language));
                get(fillings, language).put(name + "2", get(choices.get(two), language));
            }
        });
        int cheap = 100 * (3 + random.nextInt(120)) + (random.nextBoolean() ? 99 : 50);
        int dear = cheap + 100 * (5 + random.nextInt(60));
        String order = (char) ('A' + random.nextInt(26)) + "-" + (10_000 + random.nextInt(90_000));
        fillings.forEach((language, places) -> {
            places.put("price", price(language, cheap));
            places.put("price2", price(language, dear));
            places.put("order", order);
        });
        return fillings;
    }

    private static String price(String language, int cents) {
        String amount = String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
        return language.equals("en") ? "€" + amount : amount.replace('.', ',') + " €";
    }

    private void add(String kind, String name, String[] columns) {
        switch (kind) {
            case "nouns" -> {
                Map<String, Noun> noun = new HashMap<>();
                byLanguage(columns, 0).forEach((language, word) -> noun.put(language, Noun.of(language, word)));
                nouns.computeIfAbsent(name, key -> new ArrayList<>()).add(noun);
            }
            case "phrases" ->
                phrases.computeIfAbsent(name, key -> new ArrayList<>()).add(byLanguage(columns, 0));
            case "templates" -> {
                boolean keptBack = columns[0].startsWith("* ");
                String[] head = columns[0].substring(keptBack ? 2 : 0).split(" ", -1);
                if (head.length != 2) {
                    throw new IllegalArgumentException("a template begins with its sentiment and topic");
                }
                templates.add(new FeedbackTemplate(name, head[0], head[1], keptBack, byLanguage(columns, 1)));
            }
            default -> throw new IllegalArgumentException("no section of nouns, phrases or templates has begun");
        }
    }

    private static Map<String, String> byLanguage(String[] columns, int first) {
        if (columns.length != first + LANGUAGES.size()) {
            throw new IllegalArgumentException(
                    (first + LANGUAGES.size()) + " columns between ' | ' are needed, got " + columns.length);
        }
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < LANGUAGES.size(); i++) {
            texts.put(LANGUAGES.get(i), columns[first + i].strip());
        }
        return texts;
    }

    private static <T> T pick(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static <T> T get(Map<String, T> byLanguage, String language) {
        T value = byLanguage.get(language);
        if (value == null) {
            throw new IllegalStateException("nothing in " + language);
        }
        return value;
    }
}
