package io.lexstream.ops.models;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ManifestJson;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.ModelVersion;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The packages inside this build's jar, one for each task that works without training. */
public final class StarterModels {
    private static final String RESOURCES = "/models/";

    /** In the order in which people read what is said of a text. */
    private static final List<String> TASKS = List.of("sentiment", "spam", "translation", "summary");

    private final Path directory;
    private final ContentStore store;

    /**
     * @param directory where packages are unpacked; kept, and shared by all runs
     * @param store where base encoders are found
     */
    public StarterModels(Path directory, ContentStore store) {
        this.directory = directory;
        this.store = store;
    }

    /** The tasks that this build has a package for. */
    public static List<String> tasks() {
        return TASKS.stream()
                .filter(task -> StarterModels.class.getResource(manifest(task)) != null)
                .toList();
    }

    /** The package of {@code task}, if there is one. */
    public Optional<ModelPackage> find(String task) throws IOException, ModelRejectedException {
        String prefix = prefix(task);
        Optional<byte[]> manifest = resource(manifest(task));
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        Path unpacked = unpack(prefix, manifest.get());
        return Optional.of(ModelPackage.open(unpacked, store));
    }

    /** Another build's package has another digest and so another place. */
    private Path unpack(String prefix, byte[] manifestBytes) throws IOException, ModelRejectedException {
        ModelManifest manifest = ManifestJson.parse(new String(manifestBytes, StandardCharsets.UTF_8));
        ModelVersion version = ModelVersion.of(manifest);
        Path target = directory.resolve(version + "-" + version.digest().substring(0, 12));
        if (Files.exists(target)) {
            return target;
        }
        Files.createDirectories(directory);
        Path draft = Files.createDirectory(directory.resolve("." + UUID.randomUUID()));
        Files.write(draft.resolve(ManifestJson.FILE_NAME), manifestBytes);
        for (ModelFile file : manifest.getFiles()) {
            Optional<byte[]> content = resource(prefix + file.getPath());
            if (content.isPresent()) { // else it is a base encoder's, which the store has
                Path place = draft.resolve(file.getPath());
                Files.createDirectories(place.getParent());
                Files.write(place, content.get());
            }
        }
        return moveInto(target, draft);
    }

    private static Path moveInto(Path target, Path draft) throws IOException {
        try {
            return Files.move(draft, target);
        } catch (java.nio.file.FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            return target; // another process was quicker, with the same files
        }
    }

    private static String prefix(String task) {
        return RESOURCES + task + "/";
    }

    private static String manifest(String task) {
        return prefix(task) + ManifestJson.FILE_NAME;
    }

    private static Optional<byte[]> resource(String name) throws IOException {
        try (InputStream resource = StarterModels.class.getResourceAsStream(name)) {
            return resource == null ? Optional.empty() : Optional.of(resource.readAllBytes());
        }
    }
}
