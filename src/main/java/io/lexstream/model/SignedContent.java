package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelManifest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The bytes that a signature is over: what it speaks of first, so that one can never stand for another. */
final class SignedContent {
    private static final String MANIFEST = "lexstream model manifest, form 1\n";
    private static final String DEPLOYMENT = "lexstream deployment, form 1\n";

    private SignedContent() {}

    /** Of a manifest its digest, which covers task, version and every file. */
    static byte[] of(ModelManifest manifest) {
        return join(MANIFEST, ManifestDigest.of(manifest).getBytes(StandardCharsets.US_ASCII));
    }

    /** Of a deployment all but the signature. */
    static byte[] of(Deployment deployment) {
        return join(DEPLOYMENT, CanonicalBytes.of(deployment));
    }

    private static byte[] join(String what, byte[] content) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(what.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }
}
