package io.lexstream.model;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * The public half of a {@link SigningKey}: tells what that key signed.
 *
 * @param id first 16 hex digits of the SHA-256 of its X.509 form
 * @param key an Ed25519 key
 */
public record VerifyingKey(String id, PublicKey key) {
    private static final int ID_DIGITS = 16;

    static VerifyingKey of(PublicKey key) {
        return new VerifyingKey(Sha256.of(key.getEncoded()).substring(0, ID_DIGITS), key);
    }

    /** The key whose {@link #text} that is, if it is one. */
    static Optional<VerifyingKey> parse(String text) {
        byte[] encoded;
        try {
            encoded = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return decode(encoded);
    }

    /** The Ed25519 key in X.509 form, if it is one. */
    static Optional<VerifyingKey> decode(byte[] encoded) {
        try {
            PublicKey key = KeyFactory.getInstance("EdDSA").generatePublic(new X509EncodedKeySpec(encoded));
            boolean ours = key instanceof EdECPublicKey edwards
                    && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
            return ours ? Optional.of(of(key)) : Optional.empty();
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 17 has EdDSA", e);
        }
    }

    /** Its X.509 form in base64: one line, for a setting. */
    public String text() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** Whether {@code signature} is this key's, of that content. */
    boolean signed(byte[] content, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(SigningKey.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(content);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // not even the form of a signature
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("key " + id + " cannot verify", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 17 has Ed25519", e);
        }
    }
}
