package io.lexstream.ops.bench;

import io.lexstream.language.Sentences;
import io.lexstream.ops.demo.DemoMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Texts for models that write: the demo's messages, and when those are used up the same with another word in each
 * sentence. Nobody translates the same sentence twice, so repeating them would flatter.
 */
final class WritingTexts {
    /** From here on a message is worth a summary. */
    private static final int LONG_CHARACTERS = 700;

    private static final String LONG_LANGUAGE = "en";
    private static final Pattern WORD = Pattern.compile("\\p{L}{5,}");
    private static final Pattern SPACE = Pattern.compile("(?<=\\s)|(?=\\s)");

    private WritingTexts() {}

    /**
     * As feedback comes, in turn from each language.
     *
     * @param languages ISO 639-1 codes; where the demo has none of them, all that it has
     */
    static List<String> in(Set<String> languages, int count) throws IOException {
        DemoMessages messages = DemoMessages.load();
        List<String> spoken = messages.languages().stream()
                .filter(language -> languages.contains(language))
                .toList();
        List<List<String>> endless = new ArrayList<>();
        for (String language : spoken.isEmpty() ? messages.languages() : spoken) {
            endless.add(varied(messages.textsIn(language), count));
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(endless.get(i % endless.size()).get(i / endless.size()));
        }
        return texts;
    }

    /** Several messages after one another, so that there is something to shorten. */
    static List<String> toSummarise(int count) throws IOException {
        List<String> messages = DemoMessages.load().textsIn(LONG_LANGUAGE);
        List<String> joined = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            StringBuilder text = new StringBuilder(messages.get(i));
            for (int next = i + 1; text.length() < LONG_CHARACTERS; next++) {
                text.append(' ').append(messages.get(next % messages.size()));
            }
            joined.add(text.toString());
        }
        return varied(joined, count);
    }

    private static List<String> varied(List<String> texts, int count) {
        List<String> words = texts.stream()
                .flatMap(SPACE::splitAsStream)
                .filter(word -> WORD.matcher(word).matches())
                .distinct()
                .toList();
        List<String> varied = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int text = i % texts.size();
            int round = i / texts.size();
            varied.add(round == 0 ? texts.get(text) : variant(texts.get(text), words, 31 * text + 101 * round));
        }
        return varied;
    }

    private static String variant(String text, List<String> words, int firstWord) {
        Sentences sentences = Sentences.of(text);
        List<String> changed = new ArrayList<>();
        for (String sentence : sentences.sentences()) {
            int word = firstWord + 7 * changed.size();
            String other = withOtherWord(sentence, words.get(word % words.size()));
            changed.add(other.equals(sentence) ? withOtherWord(sentence, words.get((word + 1) % words.size())) : other);
        }
        return sentences.join(changed);
    }

    /** The sentence with its longest word replaced; behind it, if it has none. */
    private static String withOtherWord(String sentence, String other) {
        List<String> parts = new ArrayList<>(SPACE.splitAsStream(sentence).toList());
        int longest = -1;
        for (int i = 0; i < parts.size(); i++) {
            boolean word = WORD.matcher(parts.get(i)).matches();
            if (word
                    && (longest < 0
                            || parts.get(i).length() > parts.get(longest).length())) {
                longest = i;
            }
        }
        if (longest < 0) {
            return sentence + " " + other;
        }
        parts.set(longest, other);
        return String.join("", parts);
    }
}
