package io.lexstream.trainer.vocabulary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The merging itself: a queue of pairs by frequency, and for each pair the words that may hold it. */
final class BytePairs {
    /** A rarer pair is chance. */
    private static final long LEAST_COUNT = 2;

    /** In UTF-16 units; longer pieces are names and phrases. */
    private static final int LONGEST_TOKEN = 18;

    private static final int NOT_IN_ALPHABET = -1;

    private record Candidate(long count, long pair) {}

    private final List<String> tokens;
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Vocabulary.Merge> merges = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> wordCounts = new ArrayList<>();
    private final Map<Long, Long> counts = new HashMap<>();
    private final Map<Long, Set<Integer>> places = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(
            Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair));

    /** @param tokens the alphabet; merged tokens are added to it */
    BytePairs(List<String> tokens, Map<String, Long> words) {
        this.tokens = tokens;
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
        words.forEach((word, count) -> {
            this.words.add(word.codePoints()
                    .map(character -> ids.getOrDefault(Character.toString(character), NOT_IN_ALPHABET))
                    .toArray());
            wordCounts.add(count);
        });
    }

    /** Makes a piece one token, before all that is counted: of its blank and the rest, or of its characters. */
    void mergeWhole(String piece) {
        boolean blank = piece.startsWith(NormalText.BLANK);
        String first = piece.substring(0, 1);
        String rest = piece.substring(1);
        if (blank) {
            add(first, rest);
            return;
        }
        for (int at = 0; at < rest.length(); at++) {
            add(piece.substring(0, at + 1), rest.substring(at, at + 1));
        }
    }

    private void add(String left, String right) {
        int first = ids.getOrDefault(left, NOT_IN_ALPHABET);
        int second = ids.getOrDefault(right, NOT_IN_ALPHABET);
        int whole = idOf(left + right);
        if (known.add((long) first << 32 | second)) {
            merges.add(new Vocabulary.Merge(first, second, whole));
        }
    }

    /** Merges until there are {@code size} tokens, or no pair comes twice. */
    List<Vocabulary.Merge> merge(int size) {
        for (int word = 0; word < words.size(); word++) {
            count(word, +1, null);
        }
        counts.forEach((pair, count) -> queue.add(new Candidate(count, pair)));
        while (tokens.size() < size && !queue.isEmpty()) {
            Candidate candidate = queue.remove();
            long now = counts.getOrDefault(candidate.pair, 0L);
            if (now < LEAST_COUNT) {
                continue;
            }
            if (now != candidate.count) {
                queue.add(new Candidate(now, candidate.pair)); // it has lost some since it was queued
                continue;
            }
            int left = (int) (candidate.pair >>> 32);
            int right = (int) candidate.pair;
            String whole = tokens.get(left) + tokens.get(right);
            if (whole.length() > LONGEST_TOKEN) {
                counts.remove(candidate.pair);
                continue;
            }
            merges.add(new Vocabulary.Merge(left, right, idOf(whole)));
            apply(candidate.pair, left, right, idOf(whole));
        }
        return merges;
    }

    /** Two merges can lead to the same piece. */
    private int idOf(String token) {
        return ids.computeIfAbsent(token, added -> {
            tokens.add(added);
            return tokens.size() - 1;
        });
    }

    private void apply(long pair, int left, int right, int whole) {
        Set<Long> changed = new HashSet<>();
        for (int word : places.getOrDefault(pair, Set.of())) {
            int[] merged = merged(words.get(word), left, right, whole);
            if (merged.length < words.get(word).length) {
                count(word, -1, null);
                words.set(word, merged);
                count(word, +1, changed);
            }
        }
        places.remove(pair);
        counts.remove(pair);
        for (long other : changed) {
            long count = counts.getOrDefault(other, 0L);
            if (count >= LEAST_COUNT) {
                queue.add(new Candidate(count, other));
            }
        }
    }

    static int[] merged(int[] word, int left, int right, int whole) {
        int[] result = new int[word.length];
        int length = 0;
        for (int i = 0; i < word.length; i++) {
            boolean hit = i + 1 < word.length && word[i] == left && word[i + 1] == right;
            result[length++] = hit ? whole : word[i];
            i += hit ? 1 : 0;
        }
        return length == word.length ? word : Arrays.copyOf(result, length);
    }

    /** @param seen takes the pairs; null = nobody asks */
    private void count(int word, int sign, @Nullable Set<Long> seen) {
        int[] pieces = words.get(word);
        for (int i = 0; i + 1 < pieces.length; i++) {
            if (pieces[i] == NOT_IN_ALPHABET || pieces[i + 1] == NOT_IN_ALPHABET) {
                continue;
            }
            long pair = (long) pieces[i] << 32 | pieces[i + 1];
            counts.merge(pair, sign * wordCounts.get(word), Long::sum);
            if (sign > 0) {
                places.computeIfAbsent(pair, key -> new HashSet<>()).add(word);
            }
            if (seen != null) {
                seen.add(pair);
            }
        }
    }
}
