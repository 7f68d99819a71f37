package io.lexstream.trainer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of texts: how the trainer names them without keeping them. */
public final class Sha256 {
    private Sha256() {}

    static byte[] of(String text) {
        return of(new byte[0], text);
    }

    static byte[] of(byte[] salt, String text) {
        MessageDigest digest = start();
        digest.update(salt);
        return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A digest that nothing has been put into. */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
