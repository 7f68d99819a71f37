package io.lexstream.trainer.seq2seq;

import io.lexstream.language.MaskedPair;
import io.lexstream.language.Masks;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.vocabulary.VocabularyEncoder;
import java.util.ArrayList;
import java.util.List;

/** Pairs as token ids, with what is never translated masked on both sides, as serving masks it. */
final class PairEncoding {
    private final VocabularyEncoder encoder;
    private final int mostTokens;
    private int tooLong;

    /** @param mostTokens longest source and longest target; the decoder reads a start token before it */
    PairEncoding(VocabularyEncoder encoder, int mostTokens) {
        this.encoder = encoder;
        this.mostTokens = mostTokens;
    }

    static TextPair masked(TextPair pair) {
        MaskedPair masked = Masks.mask(pair.source(), pair.target());
        return new TextPair(masked.source(), masked.target());
    }

    /** @param masked as {@link #masked} gives them */
    List<TokenPair> encode(List<TextPair> masked) {
        List<TokenPair> encoded = new ArrayList<>(masked.size());
        for (TextPair pair : masked) {
            TokenPair tokens = new TokenPair(encoder.encode(pair.source()), encoder.encode(pair.target()));
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
