package io.lexstream.trainer.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts texts into the token ids that the written {@code tokenizer.json} gives, many times faster: words repeat, and
 * each is worked out once. Used by one thread.
 */
public final class VocabularyEncoder {
    private static final int MOST_REMEMBERED = 1 << 20;

    private record Ranked(int rank, int whole) {}

    private final CaseMarks marks;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Long, Ranked> merges = new HashMap<>();
    private final Map<String, int[]> known = new HashMap<>();

    public VocabularyEncoder(Vocabulary vocabulary) {
        this.marks = new CaseMarks(vocabulary.capitals());
        for (int id = Vocabulary.FIRST_CHARACTER; id < vocabulary.size(); id++) {
            ids.put(vocabulary.tokens().get(id), id);
        }
        for (int rank = 0; rank < vocabulary.merges().size(); rank++) {
            Vocabulary.Merge merge = vocabulary.merges().get(rank);
            merges.put(pair(merge.left(), merge.right()), new Ranked(rank, merge.whole()));
        }
    }

    /** The ids of a text, {@link Vocabulary#END} at their end. */
    public int[] encode(String text) {
        List<int[]> words = new ArrayList<>();
        int length = 1;
        for (String word : NormalText.words(text, marks)) {
            int[] pieces = pieces(word);
            words.add(pieces);
            length += pieces.length;
        }
        int[] result = new int[length];
        int at = 0;
        for (int[] word : words) {
            System.arraycopy(word, 0, result, at, word.length);
            at += word.length;
        }
        result[at] = Vocabulary.END;
        return result;
    }

    private int[] pieces(String word) {
        int[] pieces = known.get(word);
        if (pieces == null) {
            pieces = merge(characters(word));
            if (known.size() < MOST_REMEMBERED) {
                known.put(word, pieces);
            }
        }
        return pieces;
    }

    private int[] characters(String word) {
        List<Integer> characters = new ArrayList<>();
        word.codePoints().forEach(character -> {
            String text = Character.toString(character);
            Integer id = ids.get(text);
            if (id != null) {
                characters.add(id);
                return;
            }
            for (byte part : text.getBytes(StandardCharsets.UTF_8)) {
                characters.add(Vocabulary.FIRST_BYTE + (part & 0xff));
            }
        });
        return characters.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] merge(int[] characters) {
        int[] pieces = characters;
        while (true) {
            Ranked first = null;
            int at = -1;
            for (int i = 0; i + 1 < pieces.length; i++) {
                Ranked merge = merges.get(pair(pieces[i], pieces[i + 1]));
                if (merge != null && (first == null || merge.rank < first.rank)) {
                    first = merge;
                    at = i;
                }
            }
            if (first == null) {
                return pieces;
            }
            pieces = BytePairs.merged(pieces, pieces[at], pieces[at + 1], first.whole);
        }
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }
}
