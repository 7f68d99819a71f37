package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPlace;
import java.util.Locale;

/**
 * Some pairs as people write when they shout or do not care: all in capitals on both sides, or a source in small
 * letters without its last full stop. Which pairs follows from their sources alone.
 *
 * @param share of all pairs, 0 to 1: a third of it shouts
 */
record CaseNoise(double share) {
    CaseNoise {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("noise is a share, got " + share);
        }
    }

    TextPair of(TextPair pair) {
        double place = share == 0 ? 1 : TextPlace.of("case", pair.source());
        if (place < share / 3) {
            return new TextPair(
                    pair.source().toUpperCase(Locale.ROOT), pair.target().toUpperCase(Locale.ROOT));
        }
        if (place < share) {
            String small = pair.source().toLowerCase(Locale.ROOT);
            boolean full = small.endsWith(".") && !small.endsWith("..") && small.length() > 1;
            return new TextPair(full ? small.substring(0, small.length() - 1) : small, pair.target());
        }
        return pair;
    }
}
