package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelManifest;
import java.util.Optional;

/** What a publisher writes, signed; it writes nothing that its own readers would refuse. */
final class PublisherSigning {
    private final ModelCatalog catalog;
    private final Optional<SigningKey> key;

    PublisherSigning(ModelCatalog catalog, Optional<SigningKey> key) {
        this.catalog = catalog;
        this.key = key;
    }

    /** The manifest with a signature that counts: its own, the published one's of the same content, or a new one. */
    ModelManifest signed(ModelManifest manifest) {
        if (catalog.trusted().check(manifest).isTrusted()) {
            return manifest;
        }
        ModelManifest copy = ManifestJson.copy(manifest);
        Optional<String> known = catalog.manifest(manifest.getTask(), manifest.getVersion())
                .filter(it -> ManifestDigest.of(it).equals(ManifestDigest.of(manifest)))
                .filter(it -> catalog.trusted().check(it).isTrusted())
                .map(ModelManifest::getSignature);
        if (known.isPresent()) {
            copy.setSignature(known.get());
        } else {
            key.ifPresent(it -> it.sign(copy));
        }
        requireTrusted(copy);
        return copy;
    }

    /** A copy of the deployment that is signed, if there is a key. */
    Deployment signed(Deployment deployment) {
        Deployment copy = Deployment.newBuilder(deployment).build();
        key.ifPresent(it -> it.sign(copy));
        require(
                catalog.trusted().check(copy),
                "the deployment of " + ModelVersion.key(copy.getTask(), copy.getChampion()));
        return copy;
    }

    /** @throws ModelPublishException if readers that trust whom we trust would refuse the version */
    void requireTrusted(ModelManifest manifest) {
        require(catalog.trusted().check(manifest), ModelVersion.key(manifest.getTask(), manifest.getVersion()));
    }

    private void require(SignatureCheck check, String what) {
        if (!check.isTrusted() && !catalog.trusted().acceptsAll()) {
            throw new ModelPublishException(what + " is " + check + ", so processors would refuse it; "
                    + (key.isEmpty()
                            ? "give a key to sign with, by --key FILE or the setting model.signing.key"
                                    + " (./lexstream models keygen makes one)"
                            : "publish it again, which signs it"));
        }
    }
}
