package io.lexstream.trainer.vocabulary;

import io.lexstream.language.Masks;
import java.util.HashSet;
import java.util.List;

/**
 * A joint subword vocabulary of source and target: byte-pair encoding (Sennrich et al. 2016) with bytes for the
 * characters that it lacks, so that no text is unknown.
 *
 * @param tokens by id: the special ones, 256 bytes, characters, merged pieces
 * @param merges in the order in which they apply
 * @param capitals letters that are written as a mark and their small letter
 */
public record Vocabulary(List<String> tokens, List<Merge> merges, String capitals) {
    /** Fills batches up. */
    public static final int PAD = 0;

    /** What a decoder begins with, whatever the languages. */
    public static final int START = 1;

    /** Ends every text. */
    public static final int END = 2;

    public static final int UNKNOWN = 3;

    static final List<String> SPECIAL = List.of("<pad>", "<|start|>", "<|end|>", "<unk>");
    /**
     * What {@link io.lexstream.language.Masks} put for what is not translated; each is one token, with a blank or not.
     */
    static final List<String> PLACEHOLDERS = Masks.placeholders();

    static final int FIRST_BYTE = SPECIAL.size();
    static final int FIRST_CHARACTER = FIRST_BYTE + 256;

    /**
     * Two neighbours that become one token.
     *
     * @param whole id of the token that they become
     */
    public record Merge(int left, int right, int whole) {}

    public Vocabulary {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
        if (tokens.size() < FIRST_CHARACTER || !tokens.subList(0, FIRST_BYTE).equals(SPECIAL)) {
            throw new IllegalArgumentException("a vocabulary begins with " + SPECIAL + " and 256 bytes");
        }
        if (new HashSet<>(tokens).size() != tokens.size()) {
            throw new IllegalArgumentException("a token stands in the vocabulary twice");
        }
    }

    public int size() {
        return tokens.size();
    }

    static String byteToken(int value) {
        return "<0x%02X>".formatted(value);
    }
}
