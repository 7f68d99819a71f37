package io.lexstream.generation;

import io.lexstream.model.ModelRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Token ids with a meaning for generation, all of the target's vocabulary but {@code pad}, which fills sources, too.
 *
 * @param start what the decoder reads first; never a part of the result
 * @param ends each ends a text
 * @param pad fills rows up to the longest
 * @param forcedFirst the token that every text begins with, such as the target language
 * @param forcedLast the token at the last place of a text that has reached its greatest length
 * @param banned sequences that no text contains
 */
public record SpecialTokens(
        int start,
        List<Integer> ends,
        int pad,
        OptionalInt forcedFirst,
        OptionalInt forcedLast,
        List<List<Integer>> banned) {
    public SpecialTokens {
        ends = List.copyOf(ends);
        banned = banned.stream().map(List::copyOf).toList();
        if (ends.isEmpty()) {
            throw new IllegalArgumentException("a text needs a token that ends it");
        }
        if (banned.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a banned sequence is empty");
        }
    }

    /** Of a model without forced and banned tokens. */
    public static SpecialTokens of(int start, int end, int pad) {
        return new SpecialTokens(start, List.of(end), pad, OptionalInt.empty(), OptionalInt.empty(), List.of());
    }

    boolean isEnd(int token) {
        return ends.contains(token);
    }

    /** @param vocabulary how many logits the decoder gives */
    void check(long vocabulary) throws ModelRejectedException {
        List<Integer> all = new ArrayList<>(ends);
        all.add(start);
        all.add(pad);
        forcedFirst.ifPresent(all::add);
        forcedLast.ifPresent(all::add);
        banned.forEach(all::addAll);
        for (int token : all) {
            if (token < 0 || token >= vocabulary) {
                throw new ModelRejectedException(
                        "the configuration names token " + token + ", the decoder has " + vocabulary);
            }
        }
    }
}
