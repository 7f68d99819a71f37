package io.lexstream.model;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes a package directory: all of it, checked, or nothing. */
public final class PackageWriter {
    private static final int NAMED_DIGITS = 12;

    private final ModelManifest manifest;
    private final List<ModelFile> files = new ArrayList<>();
    private final Map<String, Content> contents = new LinkedHashMap<>();
    private final Map<String, Path> places = new HashMap<>();

    /** @param manifest everything but the files, which are added here */
    public PackageWriter(ModelManifest manifest) {
        this.manifest = ManifestJson.copy(manifest);
    }

    private interface Content {
        void writeTo(Path file) throws IOException;
    }

    /** Adds a file that travels with the package. */
    public PackageWriter add(FileRole role, String path, byte[] content) {
        byte[] copy = content.clone();
        files.add(new ModelFile(role, path, Sha256.of(copy), (long) copy.length, List.of()));
        contents.put(path, file -> Files.write(file, copy));
        return this;
    }

    /** As {@link #add(FileRole, String, byte[])}, of a file that may be too large for memory. */
    public PackageWriter add(FileRole role, String path, Path content) throws IOException {
        String sha256 = Sha256.of(content);
        files.add(new ModelFile(role, path, sha256, Files.size(content), List.of()));
        contents.put(path, file -> Files.copy(content, file));
        places.put(sha256, content);
        return this;
    }

    /** Names the version by the content of the file in that role: {@code prefix} and the beginning of its digest. */
    public PackageWriter versionBy(FileRole role, String prefix) {
        String sha256 = files.stream()
                .filter(file -> file.getRole() == role)
                .map(ModelFile::getSha256)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no file has the role " + role));
        manifest.setVersion(prefix + sha256.substring(0, NAMED_DIGITS));
        return this;
    }

    /** Names a file that is not written: a base encoder's, which everybody finds by its digest. */
    public PackageWriter refer(ModelFile file) {
        files.add(new ModelFile(file.getRole(), file.getPath(), file.getSha256(), file.getBytes(), List.of()));
        return this;
    }

    /**
     * Writes the package to {@code directory}, which must be absent or empty, and opens it.
     *
     * @throws ModelRejectedException if the package would not be accepted anywhere; nothing is left behind then
     */
    public ModelPackage write(Path directory, ContentStore store) throws IOException, ModelRejectedException {
        manifest.setFiles(List.copyOf(files));
        ManifestCheck.check(manifest, PackageLimits.DEFAULT);
        Path target = directory.toAbsolutePath().normalize();
        requireEmpty(target);
        Files.createDirectories(target.getParent());
        Path draft = Files.createDirectory(target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID()));
        try {
            for (Map.Entry<String, Content> content : contents.entrySet()) {
                Path file = draft.resolve(content.getKey());
                Files.createDirectories(file.getParent());
                content.getValue().writeTo(file);
            }
            Files.writeString(draft.resolve(ManifestJson.FILE_NAME), ManifestJson.format(manifest));
            ModelPackage.open(draft, store);
            Files.deleteIfExists(target);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.deleteAll(draft);
        }
        return ModelPackage.open(target, store);
    }

    /**
     * The package without a directory of its own: its files stay where they are, and must.
     *
     * @throws ModelRejectedException if the package would not be accepted anywhere
     * @throws IllegalStateException if the content of a file was given, or only its name
     */
    public ModelPackage inPlace() throws ModelRejectedException {
        manifest.setFiles(List.copyOf(files));
        ManifestCheck.check(manifest, PackageLimits.DEFAULT);
        if (files.stream().anyMatch(file -> !places.containsKey(file.getSha256()))) {
            throw new IllegalStateException("a file of the package is nowhere yet: " + files);
        }
        return ModelPackage.ofVerified(manifest, places);
    }

    private static void requireEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new FileAlreadyExistsException(directory.toString(), null, "the directory is not empty");
            }
        }
    }
}
