package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** The private Ed25519 key of whoever publishes: signs manifests and deployments. */
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";
    private static final String PEM_TYPE = "PRIVATE KEY";

    private final PrivateKey privateKey;
    private final VerifyingKey publicKey;

    private SigningKey(PrivateKey privateKey, VerifyingKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new key, which exists nowhere else until it is written. */
    public static SigningKey generate() {
        return of(generate(new SecureRandom()));
    }

    /**
     * Reads a PKCS#8 PEM file, of ours or of {@code openssl genpkey -algorithm ed25519}.
     *
     * @throws IllegalArgumentException that says what to do, if the file is no such key, or others can read it
     */
    public static SigningKey read(Path file) throws IOException {
        OwnerOnly.require(file);
        byte[] encoded = Pem.decode(Files.readString(file), PEM_TYPE)
                .orElseThrow(() -> new IllegalArgumentException(
                        file + " holds no private key in PEM; ./lexstream models keygen makes one"));
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return of(withPublicKey((EdECPrivateKey) key));
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException(file + " holds no Ed25519 private key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 17 has Ed25519", e);
        }
    }

    /** As {@link #read}; a new key is made and written if there is no such file. */
    public static SigningKey readOrGenerate(Path file) throws IOException {
        if (!Files.exists(file)) {
            SigningKey key = generate();
            try {
                key.write(file);
                return key;
            } catch (FileAlreadyExistsException e) {
                return read(file); // another process was quicker
            }
        }
        return read(file);
    }

    /**
     * Writes the key to a new file that only its owner can read.
     *
     * @throws FileAlreadyExistsException rather than overwrite anything
     */
    public void write(Path file) throws IOException {
        OwnerOnly.create(file, Pem.encode(PEM_TYPE, privateKey.getEncoded()));
    }

    /** The public half, which tells our signatures from others'. */
    public VerifyingKey publicKey() {
        return publicKey;
    }

    /** Signs a manifest, in place. */
    void sign(ModelManifest manifest) {
        manifest.setSignature(signature(SignedContent.of(manifest)));
    }

    /** Signs a deployment, in place. */
    void sign(Deployment deployment) {
        deployment.setSignature(signature(SignedContent.of(deployment)));
    }

    private String signature(byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(content);
            return new KeySignature(publicKey.id(), signature.sign()).toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs anything", e);
        }
    }

    private static SigningKey of(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), VerifyingKey.of(pair.getPublic()));
    }

    /**
     * The file does not hold the public half, and Java has no call that computes it: a generator does, from the seed.
     */
    private static KeyPair withPublicKey(EdECPrivateKey key) {
        byte[] seed = seed(key);
        KeyPair pair = generate(new GivenSeed(seed));
        if (!Arrays.equals(seed((EdECPrivateKey) pair.getPrivate()), seed)) {
            throw new IllegalStateException("this Java does not make an Ed25519 key of one draw of 32 random bytes");
        }
        return pair;
    }

    private static byte[] seed(EdECPrivateKey key) {
        return key.getBytes().orElseThrow(() -> new IllegalStateException("the bytes of an Ed25519 key are hidden"));
    }

    private static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 17 has Ed25519", e);
        }
    }

    /** Gives the bytes of a key that exists. */
    private static final class GivenSeed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        private GivenSeed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
        }
    }
}
