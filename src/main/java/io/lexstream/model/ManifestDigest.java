package io.lexstream.model;

import io.lexstream.schemas.ModelManifest;

/**
 * The digest that names a version's content, everywhere and for ever: it is the same before and after publishing and
 * signing, and a field that the schema gains later changes no digest of a manifest that leaves it at its default.
 */
public final class ManifestDigest {
    private ManifestDigest() {}

    /** SHA-256 (hex) of the manifest's canonical bytes. */
    public static String of(ModelManifest manifest) {
        return Sha256.of(CanonicalBytes.of(manifest));
    }
}
