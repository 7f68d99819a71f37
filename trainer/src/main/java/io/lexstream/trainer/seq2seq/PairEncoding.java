package io.lexstream.trainer.seq2seq;

import io.lexstream.language.MaskedPair;
import io.lexstream.language.Masks;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.vocabulary.VocabularyEncoder;
import java.util.ArrayList;
import java.util.List;

/** Pairs as token ids. */
final class PairEncoding {
    private final SourceEncoder sources;
    private final VocabularyEncoder targets;
    private final int mostTokens;
    private int tooLong;

    /** @param mostTokens longest source and longest target; the decoder reads a start token before it */
    PairEncoding(SourceEncoder sources, VocabularyEncoder targets, int mostTokens) {
        this.sources = sources;
        this.targets = targets;
        this.mostTokens = mostTokens;
    }

    /** With what is never translated masked on both sides, as serving masks it. */
    static TextPair masked(TextPair pair) {
        MaskedPair masked = Masks.mask(pair.source(), pair.target());
        return new TextPair(masked.source(), masked.target());
    }

    List<TokenPair> encode(List<TextPair> pairs) {
        List<TokenPair> encoded = new ArrayList<>(pairs.size());
        List<int[]> read = sources.encode(pairs.stream().map(TextPair::source).toList());
        for (int i = 0; i < pairs.size(); i++) {
            TokenPair tokens =
                    new TokenPair(read.get(i), targets.encode(pairs.get(i).target()));
            if (tokens.source().length > mostTokens || tokens.target().length > mostTokens) {
                tooLong++;
            } else {
                encoded.add(tokens);
            }
        }
        return encoded;
    }

    /** Pairs that were left out. */
    int tooLong() {
        return tooLong;
    }
}
