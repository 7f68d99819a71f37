package io.lexstream.trainer.seq2seq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Pairs that are computed together, padded to the longest.
 *
 * @param pairs not empty
 */
record PairBatch(List<TokenPair> pairs) {
    /**
     * The batches of one epoch in a seeded order: of like length, each of at most {@code budget} padded tokens of
     * source and target.
     */
    static List<PairBatch> epoch(List<WeightedPairs> data, int budget, long seed) {
        Random random = new Random(seed);
        List<TokenPair> epoch = new ArrayList<>();
        data.forEach(source -> source.addTo(epoch, random));
        Collections.shuffle(epoch, random); // mixes those of one length: sorting keeps their order
        List<PairBatch> batches = inOrder(epoch, budget);
        Collections.shuffle(batches, random);
        return batches;
    }

    /** All pairs, sorted by length, in batches of at most {@code budget} padded tokens. */
    static List<PairBatch> inOrder(List<TokenPair> pairs, int budget) {
        List<TokenPair> sorted = new ArrayList<>(pairs);
        sorted.sort(Comparator.comparingInt((TokenPair pair) -> pair.target().length)
                .thenComparingInt(pair -> pair.source().length));
        List<PairBatch> batches = new ArrayList<>();
        List<TokenPair> batch = new ArrayList<>();
        int source = 0;
        int target = 0;
        for (TokenPair pair : sorted) {
            source = Math.max(source, pair.source().length);
            target = Math.max(target, pair.target().length);
            if (!batch.isEmpty() && (long) (batch.size() + 1) * (source + target) > budget) {
                batches.add(new PairBatch(List.copyOf(batch)));
                batch.clear();
                source = pair.source().length;
                target = pair.target().length;
            }
            batch.add(pair);
        }
        if (!batch.isEmpty()) {
            batches.add(new PairBatch(List.copyOf(batch)));
        }
        return batches;
    }

    int rows() {
        return pairs.size();
    }

    int longestSource() {
        return pairs.stream().mapToInt(pair -> pair.source().length).max().orElse(0);
    }

    int longestTarget() {
        return pairs.stream().mapToInt(pair -> pair.target().length).max().orElse(0);
    }

    /** Tokens of source and target without padding. */
    long tokens() {
        return pairs.stream().mapToLong(TokenPair::tokens).sum();
    }

    /** {@code [rows, longest source]}, filled up with {@code pad}. */
    long[] sourceIds(int pad) {
        int longest = longestSource();
        long[] ids = new long[rows() * longest];
        Arrays.fill(ids, pad);
        for (int row = 0; row < rows(); row++) {
            int[] source = pairs.get(row).source();
            for (int i = 0; i < source.length; i++) {
                ids[row * longest + i] = source[i];
            }
        }
        return ids;
    }

    /** {@code [rows, longest source]}: 1 where there is a token. */
    long[] sourceMask() {
        int longest = longestSource();
        long[] mask = new long[rows() * longest];
        for (int row = 0; row < rows(); row++) {
            Arrays.fill(mask, row * longest, row * longest + pairs.get(row).source().length, 1);
        }
        return mask;
    }

    /**
     * {@code [rows, longest target]}: what the decoder has read when it is to say {@link #labels}, {@code start} first;
     * filled up with {@code pad}.
     */
    long[] decoderIds(int start, int pad) {
        int longest = longestTarget();
        long[] ids = new long[rows() * longest];
        Arrays.fill(ids, pad);
        for (int row = 0; row < rows(); row++) {
            int[] target = pairs.get(row).target();
            ids[row * longest] = start;
            for (int i = 1; i < target.length; i++) {
                ids[row * longest + i] = target[i - 1];
            }
        }
        return ids;
    }

    /** Where in {@code rows * longest target} the labels belong. */
    long[] labelPositions() {
        int longest = longestTarget();
        long[] positions =
                new long[pairs.stream().mapToInt(pair -> pair.target().length).sum()];
        int at = 0;
        for (int row = 0; row < rows(); row++) {
            for (int i = 0; i < pairs.get(row).target().length; i++) {
                positions[at++] = (long) row * longest + i;
            }
        }
        return positions;
    }

    /** The target tokens, row by row. */
    int[] labels() {
        return pairs.stream().flatMapToInt(pair -> Arrays.stream(pair.target())).toArray();
    }
}
