package io.lexstream.summary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a ranker sees of a sentence: its embedding, and numbers that say how it lies in its passage. They stand in one
 * of two places of a row, one for prose and one for dialogues, zeros in the other; so a linear ranker weighs them for
 * each form by itself.
 *
 * <p>A row is {@code [embedding and numbers of prose, embedding and numbers of dialogue]}.
 */
public final class SentenceFeatures {
    /** Changes with the meaning of any feature: a ranker works on the version that it was trained on. */
    public static final int VERSION = 2;

    /** Words from which on a sentence is just long. */
    private static final int LONG_SENTENCE = 40;

    private static final int SHORT_SENTENCE = 4;
    private static final int NUMBERS = 32;

    private final Passage passage;
    private final List<float[]> embeddings;
    private final float[] centre;
    private final Words words;
    private final int lines;

    private SentenceFeatures(Passage passage, List<float[]> embeddings) {
        this.passage = passage;
        this.embeddings = Vectors.normal(embeddings);
        this.centre = Vectors.normal(Vectors.mean(this.embeddings));
        this.words = new Words(passage.words());
        this.lines = passage.sentences().get(passage.sentences().size() - 1).line() + 1;
    }

    /** Length of a row for embeddings of so many values. */
    public static int dimensions(int embedding) {
        return Form.values().length * (embedding + NUMBERS);
    }

    /**
     * A row for each sentence.
     *
     * @param embeddings one for each sentence of the passage, which has at least one
     */
    public static List<float[]> of(Passage passage, List<float[]> embeddings) {
        if (embeddings.size() != passage.sentences().size() || embeddings.isEmpty()) {
            throw new IllegalArgumentException(
                    embeddings.size() + " embeddings for " + passage.sentences().size() + " sentences");
        }
        return new SentenceFeatures(passage, embeddings).rows();
    }

    private List<float[]> rows() {
        List<float[]> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < embeddings.size(); i++) {
            float[] embedding = embeddings.get(i);
            float[] row = new float[dimensions(embedding.length)];
            int start = block(passage.form()) * (embedding.length + NUMBERS);
            System.arraycopy(embedding, 0, row, start, embedding.length);
            Numbers numbers = new Numbers(row, start + embedding.length);
            length(i, numbers);
            place(i, numbers);
            look(i, numbers);
            meaning(i, seen, numbers);
            seen.addAll(words.content(i));
            rows.add(row);
        }
        return rows;
    }

    /** Which part of a row a text of that form fills; the other stays zero. */
    private static int block(Form form) {
        return form == Form.PROSE ? 0 : 1;
    }

    private void length(int i, Numbers numbers) {
        int count = words.count(i);
        double capped = Math.min(count, LONG_SENTENCE) / (double) LONG_SENTENCE;
        numbers.add(Math.log1p(count));
        numbers.add(capped);
        numbers.add(capped * capped);
        numbers.add(Math.min(4, count / words.meanCount()));
        numbers.add(count < SHORT_SENTENCE);
        numbers.add(words.contentShare(i));
    }

    private void place(int i, Numbers numbers) {
        int last = embeddings.size() - 1;
        Sentence sentence = passage.sentences().get(i);
        numbers.add(1); // what the form itself says
        numbers.add(Math.log1p(last));
        numbers.add(i / (double) Math.max(1, last));
        numbers.add(1.0 / (1 + i));
        numbers.add(i == 0);
        numbers.add(i == 1);
        numbers.add(i == 2);
        numbers.add(i == last);
        numbers.add(sentence.line() / (double) Math.max(1, lines - 1));
        numbers.add(1.0 / (1 + sentence.line()));
        numbers.add(sentence.line() == 0);
        numbers.add(sentence.line() == 1);
        numbers.add(sentence.place() == 0);
    }

    private void look(int i, Numbers numbers) {
        String text = passage.sentences().get(i).words();
        numbers.add(text.indexOf('?') >= 0);
        numbers.add(text.indexOf('!') >= 0);
        numbers.add(text.chars().anyMatch(Character::isDigit));
        numbers.add(names(text) / (double) Math.max(1, words.count(i)));
    }

    private void meaning(int i, Set<String> seen, Numbers numbers) {
        long fresh =
                words.content(i).stream().filter(word -> !seen.contains(word)).count();
        numbers.add(words.likeness(i));
        numbers.add(Math.min(4, words.echoes(i) / 5.0));
        numbers.add(words.coverage(i));
        numbers.add(Math.log1p((double) fresh));
        numbers.add(Vectors.dot(embeddings.get(i), centre));
        numbers.add(Vectors.dot(embeddings.get(i), embeddings.get(0)));
        numbers.add(closest(i, 0, i));
        numbers.add(closest(i, i + 1, embeddings.size()));
        numbers.add(passage.sentences().get(i).characters() / (double) passage.characters());
    }

    /** Cosine to the most similar of the sentences in that range; 0 if there are none. */
    private double closest(int i, int from, int to) {
        double closest = 0;
        for (int other = from; other < to; other++) {
            closest = Math.max(closest, Vectors.dot(embeddings.get(i), embeddings.get(other)));
        }
        return closest;
    }

    /** Words with a capital, the first left out. */
    private static int names(String text) {
        int names = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Character.isUpperCase(text.charAt(i)) && Character.isWhitespace(text.charAt(i - 1))) {
                names++;
            }
        }
        return names;
    }

    /** Writes numbers one behind the other. */
    private static final class Numbers {
        private final float[] row;
        private final int end;
        private int next;

        Numbers(float[] row, int start) {
            this.row = row;
            this.next = start;
            this.end = start + NUMBERS;
        }

        void add(double value) {
            if (next == end) {
                throw new IllegalStateException("more than " + NUMBERS + " numbers of a sentence");
            }
            row[next++] = (float) value;
        }

        void add(boolean value) {
            add(value ? 1 : 0);
        }
    }
}
