package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whose signatures count: those of some public keys; or of anybody, and none at all. */
public final class TrustedKeys {
    /** Nobody's. */
    public static final TrustedKeys NONE = new TrustedKeys(Map.of(), false);

    /** Everything counts, signed or not. */
    public static final TrustedKeys ANY = new TrustedKeys(Map.of(), true);

    private static final String PEM_TYPE = "PUBLIC KEY";
    private static final int MAX_KEY_FILE_BYTES = 64 * 1024;

    private final Map<String, VerifyingKey> keys;
    private final boolean any;

    private TrustedKeys(Map<String, VerifyingKey> keys, boolean any) {
        this.keys = Map.copyOf(keys);
        this.any = any;
    }

    /** The key of a signer, and no other. */
    public static TrustedKeys of(SigningKey signer) {
        return NONE.and(signer);
    }

    /**
     * Reads public keys.
     *
     * @param keysOrFiles each the base64 line that {@code models keygen} prints, a PEM text, or a file with one of
     *     those
     * @throws IllegalArgumentException naming what is no key
     */
    public static TrustedKeys parse(Collection<String> keysOrFiles) {
        Map<String, VerifyingKey> keys = new LinkedHashMap<>();
        for (String text : keysOrFiles) {
            VerifyingKey key = key(text)
                    .or(() -> inFile(text))
                    .orElseThrow(() -> new IllegalArgumentException("'" + shortened(text) + "' is neither an Ed25519"
                            + " public key, as ./lexstream models keygen prints it, nor a file with one"));
            keys.put(key.id(), key);
        }
        return new TrustedKeys(keys, false);
    }

    private static Optional<VerifyingKey> key(String text) {
        return Pem.decode(text, PEM_TYPE).flatMap(VerifyingKey::decode).or(() -> VerifyingKey.parse(text.strip()));
    }

    private static Optional<VerifyingKey> inFile(String name) {
        try {
            Path file = Path.of(name);
            return Files.isRegularFile(file) && Files.size(file) <= MAX_KEY_FILE_BYTES
                    ? key(Files.readString(file))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the public key " + name, e);
        }
    }

    /** These and the key of {@code signer}: one trusts one's own. */
    public TrustedKeys and(SigningKey signer) {
        Map<String, VerifyingKey> more = new LinkedHashMap<>(keys);
        more.put(signer.publicKey().id(), signer.publicKey());
        return new TrustedKeys(more, any);
    }

    /** Knows these keys, and lets everything count. */
    public TrustedKeys acceptingAll() {
        return new TrustedKeys(keys, true);
    }

    /** Whether everything counts, signed or not. */
    public boolean acceptsAll() {
        return any;
    }

    /** Whether nothing can count. */
    public boolean acceptsNothing() {
        return !any && keys.isEmpty();
    }

    /** Whether what {@code signer} signs counts. */
    public boolean trusts(SigningKey signer) {
        return any || keys.containsKey(signer.publicKey().id());
    }

    /** Looks at the signature, whether it has to be good or not. */
    public SignatureCheck check(ModelManifest manifest) {
        return check(manifest.getSignature(), SignedContent.of(manifest));
    }

    /** Looks at the signature, whether it has to be good or not. */
    public SignatureCheck check(Deployment deployment) {
        return check(deployment.getSignature(), SignedContent.of(deployment));
    }

    /** Whether a manifest counts. */
    boolean accepts(ModelManifest manifest) {
        return any || check(manifest).isTrusted();
    }

    /** @throws ModelRejectedException if the manifest does not count */
    void require(ModelManifest manifest) throws ModelRejectedException {
        require(check(manifest), ModelVersion.key(manifest.getTask(), manifest.getVersion()));
    }

    /** @throws ModelRejectedException if the deployment does not count */
    void require(Deployment deployment) throws ModelRejectedException {
        String what = "deployment of " + ModelVersion.key(deployment.getTask(), deployment.getChampion());
        require(check(deployment), what);
    }

    private void require(SignatureCheck check, String what) throws ModelRejectedException {
        if (any || check.isTrusted()) {
            return;
        }
        Rejection fault = check.fault().orElseThrow();
        throw new ModelRejectedException(fault, what + " is " + check + remedy(fault));
    }

    private static String remedy(Rejection fault) {
        return switch (fault) {
            case UNSIGNED ->
                "; publish it with a key (--key or model.signing.key), or set model.trust=any to accept what is unsigned";
            case UNKNOWN_KEY -> "; if it should be, add its public key to model.trusted.keys";
            default -> "";
        };
    }

    private SignatureCheck check(String text, byte[] content) {
        if (text.isEmpty()) {
            return new SignatureCheck("", Optional.of(Rejection.UNSIGNED));
        }
        Optional<KeySignature> signature = KeySignature.parse(text);
        if (signature.isEmpty()) {
            return new SignatureCheck("", Optional.of(Rejection.WRONG_SIGNATURE));
        }
        String keyId = signature.get().keyId();
        VerifyingKey key = keys.get(keyId);
        if (key == null) {
            return new SignatureCheck(keyId, Optional.of(Rejection.UNKNOWN_KEY));
        }
        return key.signed(content, signature.get().bytes())
                ? new SignatureCheck(keyId, Optional.empty())
                : new SignatureCheck(keyId, Optional.of(Rejection.WRONG_SIGNATURE));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
