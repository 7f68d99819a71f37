package io.lexstream.generation;

import java.util.Arrays;
import java.util.List;

/**
 * A text as the encoder reads it.
 *
 * @param ids token ids, special ones included; at least one
 * @param truncated whether a part of the text is not among them
 */
public record SourceTokens(List<Long> ids, boolean truncated) {
    public SourceTokens {
        ids = List.copyOf(ids);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("a source has one token at least");
        }
    }

    static SourceTokens of(long[] ids, boolean truncated) {
        return new SourceTokens(Arrays.stream(ids).boxed().toList(), truncated);
    }

    public int length() {
        return ids.size();
    }

    long[] toArray() {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }
}
