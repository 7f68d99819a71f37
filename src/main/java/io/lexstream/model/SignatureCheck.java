package io.lexstream.model;

import java.util.Optional;

/**
 * What there is to say of a signature.
 *
 * @param keyId of the key that it claims to be of; empty if there is no signature, or one that names no key
 * @param fault why it does not count; empty if a trusted key made it, of this very content
 */
public record SignatureCheck(String keyId, Optional<Rejection> fault) {
    public boolean isTrusted() {
        return fault.isEmpty();
    }

    /** For a person, such as {@code signed by 0123456789abcdef, which is not trusted here}. */
    @Override
    public String toString() {
        if (fault.isEmpty()) {
            return "signed by " + keyId + ", trusted";
        }
        return switch (fault.get()) {
            case UNSIGNED -> "unsigned";
            case UNKNOWN_KEY -> "signed by " + keyId + ", which is not trusted here";
            default ->
                keyId.isEmpty()
                        ? "signed, but not as keyId:base64"
                        : "signed by " + keyId + ", but changed since: the signature is of another content";
        };
    }
}
