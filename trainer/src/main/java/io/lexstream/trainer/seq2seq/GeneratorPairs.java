package io.lexstream.trainer.seq2seq;

import io.lexstream.generation.PairTokens;
import io.lexstream.generation.SourceTokens;
import io.lexstream.trainer.TextPair;
import java.util.ArrayList;
import java.util.List;

/** Pairs as a model with tokenizers of its own reads and writes them. */
final class GeneratorPairs {
    private static final int TEXTS_AT_ONCE = 1024;

    private final PairTokens tokens;
    private final boolean masks;
    private final boolean cuts;
    private final int mostTokens;
    private int tooLong;

    /**
     * @param masks whether what is never translated is masked, as serving masks it
     * @param cuts whether the beginning of a long source is enough for its target; else the pair is left out
     * @param mostTokens longest target
     */
    GeneratorPairs(PairTokens tokens, boolean masks, boolean cuts, int mostTokens) {
        this.tokens = tokens;
        this.masks = masks;
        this.cuts = cuts;
        this.mostTokens = mostTokens;
    }

    /** Without those that have no usable pair. */
    List<WeightedPairs> encode(List<PairRows> files) {
        return files.stream()
                .map(file -> new WeightedPairs(
                        file.name(), file.weight(), encodeRows(file.pairs().rows())))
                .filter(file -> !file.pairs().isEmpty())
                .toList();
    }

    private List<TokenPair> encodeRows(List<TextPair> rows) {
        List<TextPair> read = masks ? rows.stream().map(PairEncoding::masked).toList() : rows;
        List<TokenPair> encoded = new ArrayList<>(read.size());
        for (int from = 0; from < read.size(); from += TEXTS_AT_ONCE) {
            encode(read.subList(from, Math.min(read.size(), from + TEXTS_AT_ONCE)), encoded);
        }
        return encoded;
    }

    private void encode(List<TextPair> pairs, List<TokenPair> encoded) {
        List<SourceTokens> sources =
                tokens.sources(pairs.stream().map(TextPair::source).toList());
        List<int[]> targets =
                tokens.targets(pairs.stream().map(TextPair::target).toList());
        for (int i = 0; i < pairs.size(); i++) {
            SourceTokens source = sources.get(i);
            if ((source.truncated() && !cuts) || targets.get(i).length > mostTokens) {
                tooLong++;
            } else {
                int[] ids = source.ids().stream().mapToInt(Long::intValue).toArray();
                encoded.add(new TokenPair(ids, targets.get(i)));
            }
        }
    }

    /** Pairs that were left out. */
    int tooLong() {
        return tooLong;
    }
}
