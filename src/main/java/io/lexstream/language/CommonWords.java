package io.lexstream.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commonest words of some languages: what share of a text they are tells its language where n-grams cannot. */
final class CommonWords {
    private static final String FILE = "common-words.properties";
    private static final Pattern WORD = Pattern.compile("[¿¡]|\\p{L}++(?:['’]\\p{L}++)*+");

    private final Map<String, Set<String>> languagesByWord;

    private CommonWords(Map<String, Set<String>> languagesByWord) {
        this.languagesByWord = languagesByWord;
    }

    static CommonWords read() {
        Properties file = new Properties();
        try (InputStream stream = CommonWords.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException("the class path has no " + FILE);
            }
            file.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
        Map<String, Set<String>> languages = new HashMap<>();
        for (String language : file.stringPropertyNames()) {
            for (String word : file.getProperty(language).split("\\s+", -1)) {
                languages.computeIfAbsent(word, key -> new HashSet<>()).add(language);
            }
        }
        return new CommonWords(languages);
    }

    /** For each language that has such words in the text: what share of all words they are, 0 to 1. */
    Map<String, Double> shares(String text) {
        Map<String, Double> counts = new HashMap<>();
        int words = 0;
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words++;
            for (String language : languages(word.group().replace('’', '\''))) {
                counts.merge(language, 1.0, Double::sum);
            }
        }
        int all = words;
        counts.replaceAll((language, count) -> count / all);
        return counts;
    }

    /** Of the word, else of what an apostrophe cuts off: "l'" of "l'envoi". */
    private Set<String> languages(String word) {
        Set<String> languages = languagesByWord.get(word);
        int apostrophe = word.indexOf('\'');
        return languages == null && apostrophe > 0
                ? languagesByWord.getOrDefault(word.substring(0, apostrophe + 1), Set.of())
                : languages == null ? Set.of() : languages;
    }
}
