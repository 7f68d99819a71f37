package io.lexstream.model;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A verified model version on disk: its manifest, and every file's content checked against its SHA-256. */
public final class ModelPackage {
    private static final long MAX_MANIFEST_BYTES = 4L << 20;

    private final ModelManifest manifest;
    private final ModelVersion version;
    private final Map<String, Path> contentBySha256;

    private ModelPackage(ModelManifest manifest, Map<String, Path> contentBySha256) {
        this.manifest = manifest;
        this.version = ModelVersion.of(manifest);
        this.contentBySha256 = Map.copyOf(contentBySha256);
    }

    /**
     * Opens the package in {@code directory}: manifest.json and its files; a file that is not there (a base encoder) is
     * taken from {@code store} by its digest.
     *
     * @throws ModelRejectedException if anything is missing, wrong, too large, of an unknown format, or leaves the
     *     directory
     */
    public static ModelPackage open(Path directory, ContentStore store) throws ModelRejectedException {
        return open(directory, store, PackageLimits.DEFAULT);
    }

    /** As {@link #open(Path, ContentStore)}, with limits other than the usual ones. */
    public static ModelPackage open(Path directory, ContentStore store, PackageLimits limits)
            throws ModelRejectedException {
        try {
            ModelManifest manifest = readManifest(directory.resolve(ManifestJson.FILE_NAME));
            ManifestCheck.check(manifest, limits);
            Map<String, Path> content = new HashMap<>();
            for (ModelFile file : manifest.getFiles()) {
                content.put(file.getSha256(), find(file, directory, store));
            }
            return new ModelPackage(manifest, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the package " + directory, e);
        }
    }

    /** A checked manifest with files whose digests were verified. */
    static ModelPackage ofVerified(ModelManifest manifest, Map<String, Path> contentBySha256) {
        return new ModelPackage(manifest, contentBySha256);
    }

    public ModelManifest manifest() {
        return manifest;
    }

    public ModelVersion version() {
        return version;
    }

    /** The file in that role, if the package has one. */
    public Optional<Path> file(FileRole role) {
        return entry(role).map(this::content);
    }

    /** What the manifest says of the file in that role, if there is one. */
    public Optional<ModelFile> entry(FileRole role) {
        return manifest.getFiles().stream()
                .filter(file -> file.getRole() == role)
                .findFirst();
    }

    /**
     * What the training texts were like, if the package says so.
     *
     * @throws ModelRejectedException if what it says is no profile
     */
    public Optional<TrainingProfile> profile() throws ModelRejectedException {
        Optional<Path> file = file(FileRole.PROFILE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TrainingProfile.fromJson(Files.readAllBytes(file.get())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.get(), e);
        }
    }

    /** Where the content of one of the manifest's files is. */
    Path content(ModelFile file) {
        Path content = contentBySha256.get(file.getSha256());
        if (content == null) {
            throw new IllegalArgumentException(version + " has no file " + file.getPath());
        }
        return content;
    }

    private static ModelManifest readManifest(Path file) throws IOException, ModelRejectedException {
        if (!Files.isRegularFile(file)) {
            throw new ModelRejectedException("no model package: there is no file " + file);
        }
        if (Files.size(file) > MAX_MANIFEST_BYTES) {
            throw new ModelRejectedException(
                    file + " has " + Files.size(file) + " bytes, more than the limit of " + MAX_MANIFEST_BYTES);
        }
        try {
            return ManifestJson.parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new ModelRejectedException(file + " is not UTF-8", e);
        } catch (ModelRejectedException e) {
            throw new ModelRejectedException(file + ": " + e.getMessage(), e);
        }
    }

    private static Path find(ModelFile file, Path directory, ContentStore store)
            throws IOException, ModelRejectedException {
        Path inPackage = directory.resolve(file.getPath());
        if (!Files.exists(inPackage)) {
            return checkLength(
                    file,
                    store.find(file.getSha256())
                            .orElseThrow(() -> new ModelRejectedException(file.getPath() + " is missing: neither in "
                                    + directory + " nor a known base encoder (sha256 " + file.getSha256() + ")")));
        }
        Path real = inPackage.toRealPath();
        if (!real.startsWith(directory.toRealPath())) {
            throw new ModelRejectedException(inPackage + " leaves the package: it is a link to " + real);
        }
        if (!Files.isRegularFile(real)) {
            throw new ModelRejectedException(inPackage + " is not a file");
        }
        checkLength(file, real);
        String actual = Sha256.of(real);
        if (!actual.equals(file.getSha256())) {
            throw new ModelRejectedException(
                    inPackage + " has the digest " + actual + ", the manifest says " + file.getSha256());
        }
        return real;
    }

    /** The length comes first: it is cheap, and bounds what is hashed by the package's limits. */
    static Path checkLength(ModelFile file, Path content) throws IOException, ModelRejectedException {
        long actual = Files.size(content);
        if (actual != file.getBytes()) {
            throw new ModelRejectedException(
                    file.getPath() + " has " + actual + " bytes, the manifest says " + file.getBytes());
        }
        return content;
    }
}
