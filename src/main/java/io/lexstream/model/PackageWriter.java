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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes a package directory: all of it, checked, or nothing. */
public final class PackageWriter {
    private final ModelManifest manifest;
    private final List<ModelFile> files = new ArrayList<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    /** @param manifest everything but the files, which are added here */
    public PackageWriter(ModelManifest manifest) {
        this.manifest = ManifestJson.copy(manifest);
    }

    /** Adds a file that travels with the package. */
    public PackageWriter add(FileRole role, String path, byte[] content) {
        files.add(new ModelFile(role, path, Sha256.of(content), (long) content.length, List.of()));
        contents.put(path, content.clone());
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
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                Path file = draft.resolve(content.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, content.getValue());
            }
            Files.writeString(draft.resolve(ManifestJson.FILE_NAME), ManifestJson.format(manifest));
            ModelPackage.open(draft, store);
            Files.deleteIfExists(target);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteAll(draft);
        }
        return ModelPackage.open(target, store);
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

    private static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return; // moved
        }
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(directory)) {
            entries = walk.sorted((a, b) -> b.compareTo(a)).toList(); // children before their directories
        }
        for (Path entry : entries) {
            Files.delete(entry);
        }
    }
}
