package io.lexstream.summary;

import io.lexstream.language.Sentences;
import java.util.ArrayList;
import java.util.List;

/**
 * A text as a summary can be made of it: its sentences in order.
 *
 * @param characters length of the part that was read
 * @param truncated whether a part of the text was not read
 */
public record Passage(Form form, List<Sentence> sentences, int characters, boolean truncated) {
    /** What lies behind is not read: some 3,300 words, a second or two of an encoder's time on one core. */
    public static final int MAX_CHARACTERS = 20_000;

    /** Sentences behind are not read: what they are compared by grows with their square. */
    public static final int MAX_SENTENCES = 400;

    public Passage {
        sentences = List.copyOf(sentences);
    }

    /** The sentences of {@code text}; one that has no word, such as a line of dashes, is left out. */
    public static Passage of(String text) {
        String read = beginning(text.strip());
        List<String> lines = read.lines().filter(line -> !line.isBlank()).toList();
        Form form = Speakers.talkIn(lines) ? Form.DIALOGUE : Form.PROSE;
        List<Sentence> sentences = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            add(lines.get(line), line, form, sentences);
        }
        boolean tooMany = sentences.size() > MAX_SENTENCES;
        return new Passage(
                form,
                tooMany ? sentences.subList(0, MAX_SENTENCES) : sentences,
                read.length(),
                tooMany || read.length() < text.strip().length());
    }

    /** What the encoder reads of each sentence: its words without the speaker. */
    public List<String> words() {
        return sentences.stream().map(Sentence::words).toList();
    }

    /**
     * Some of the sentences as a text of their own, verbatim: in a dialogue a line for each line quoted from, beginning
     * with its speaker.
     *
     * @param chosen numbers of sentences in ascending order
     */
    public String quote(List<Integer> chosen) {
        StringBuilder text = new StringBuilder();
        int line = -1;
        for (int number : chosen) {
            Sentence sentence = sentences.get(number);
            boolean newLine = form == Form.DIALOGUE && sentence.line() != line;
            if (!text.isEmpty()) {
                text.append(newLine ? '\n' : ' ');
            }
            if (newLine && !sentence.speaker().isEmpty()) {
                text.append(sentence.speaker()).append(' ');
            }
            text.append(sentence.words());
            line = sentence.line();
        }
        return text.toString();
    }

    private static void add(String line, int number, Form form, List<Sentence> sentences) {
        boolean spoken = form == Form.DIALOGUE;
        String speaker = spoken ? Speakers.of(line) : "";
        int place = 0;
        for (String words : Sentences.of(spoken ? Speakers.saidIn(line) : line).sentences()) {
            sentences.add(new Sentence(words, speaker, number, place++));
        }
    }

    /** At most as many characters as are read, no half surrogate pair at the end. */
    private static String beginning(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        boolean insidePair = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1));
        return text.substring(0, insidePair ? MAX_CHARACTERS - 1 : MAX_CHARACTERS);
    }
}
