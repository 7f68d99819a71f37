package io.lexstream.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Rows of token ids for the tiny models, of unequal lengths, each with an end token. */
final class Sources {
    private static final int LONGEST = 8;

    private Sources() {}

    static List<long[]> random(int count) {
        Random random = new Random(1);
        List<long[]> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int words = 1 + random.nextInt(LONGEST);
            long[] source = Arrays.copyOf(
                    random.longs(words, TinySeq2Seq.BEGIN + 1, TinyTransformer.VOCABULARY)
                            .toArray(),
                    words + 1);
            source[words] = TinySeq2Seq.END;
            sources.add(source);
        }
        return sources;
    }
}
