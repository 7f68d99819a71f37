package io.lexstream.trainer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/** Where a text's hash lies among all hashes: a choice by it does not depend on what other texts there are. */
public final class TextPlace {
    private TextPlace() {}

    /**
     * From 0 up to, not including, 1.
     *
     * @param salt makes one choice independent of another
     */
    public static double of(String salt, String text) {
        int hash = ByteBuffer.wrap(Sha256.of(salt.getBytes(StandardCharsets.UTF_8), text))
                .getInt();
        return Integer.toUnsignedLong(hash) / (double) (1L << 32);
    }

    /** The text without what does not tell it from another: case, runs of white space, ways to write an accent. */
    public static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** Hexadecimal digest: a name for a text that has none. */
    public static String name(String text) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, 16);
    }
}
