package io.lexstream.model;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signature and whose it claims to be, written as {@code keyId:base64}.
 *
 * @param keyId of the key that is said to have made it
 * @param bytes the signature itself; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // made, written or checked, and dropped; never compared
record KeySignature(String keyId, byte[] bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{16}):([A-Za-z0-9+/]+={0,2})");

    static Optional<KeySignature> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new KeySignature(parts.group(1), Base64.getDecoder().decode(parts.group(2))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return keyId + ":" + Base64.getEncoder().encodeToString(bytes);
    }
}
