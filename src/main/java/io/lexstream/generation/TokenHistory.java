package io.lexstream.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a row has read so far: the start token, then what was generated. */
final class TokenHistory {
    private static final int FIRST_CAPACITY = 16;

    private int[] tokens;
    private int length = 1;

    TokenHistory(int start) {
        tokens = new int[FIRST_CAPACITY];
        tokens[0] = start;
    }

    private TokenHistory(int[] tokens, int length) {
        this.tokens = tokens;
        this.length = length;
    }

    /** The start token included. */
    int length() {
        return length;
    }

    /** How many tokens were generated. */
    int generated() {
        return length - 1;
    }

    int get(int index) {
        return tokens[index];
    }

    int last() {
        return tokens[length - 1];
    }

    void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
        }
        tokens[length++] = token;
    }

    /** Another one that goes on with {@code token}. */
    TokenHistory with(int token) {
        TokenHistory other = new TokenHistory(Arrays.copyOf(tokens, Math.max(length + 1, tokens.length)), length);
        other.append(token);
        return other;
    }

    /** What was generated. */
    List<Integer> tokens() {
        List<Integer> generated = new ArrayList<>(length - 1);
        for (int i = 1; i < length; i++) {
            generated.add(tokens[i]);
        }
        return generated;
    }
}
