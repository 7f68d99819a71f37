package io.lexstream.generation;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a text.
 *
 * @param before special ones that the tokenizer puts before it
 * @param text its own
 * @param behind special ones that the tokenizer puts behind it
 */
record FramedTokens(List<Integer> before, List<Integer> text, List<Integer> behind) {
    FramedTokens {
        before = List.copyOf(before);
        text = List.copyOf(text);
        behind = List.copyOf(behind);
    }

    /** @param special 1 where the tokenizer has put a token in */
    static FramedTokens of(long[] ids, long[] special) {
        int from = 0;
        while (from < ids.length && special[from] == 1) {
            from++;
        }
        int to = ids.length;
        while (to > from && special[to - 1] == 1) {
            to--;
        }
        boolean empty = to == from; // then nobody can tell what stands before it: an end is likelier than a beginning
        return new FramedTokens(
                part(ids, 0, empty ? 0 : from), part(ids, from, to), part(ids, empty ? 0 : to, ids.length));
    }

    private static List<Integer> part(long[] ids, int from, int to) {
        List<Integer> part = new ArrayList<>();
        for (int i = from; i < to; i++) {
            part.add((int) ids[i]);
        }
        return part;
    }
}
