package io.lexstream.model;

import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import java.nio.file.Path;
import java.util.Optional;

/** A verified model version on disk: its manifest, and every file's content checked against its SHA-256. */
public final class ModelPackage {
    /**
     * Opens the package in {@code directory}: manifest.json and its files; a file that is not there (a base encoder) is
     * taken from {@code store} by its digest.
     *
     * @throws ModelRejectedException if anything is missing, wrong, too large, of an unknown format, or leaves the
     *     directory
     */
    public static ModelPackage open(Path directory, ContentStore store) throws ModelRejectedException {
        throw new UnsupportedOperationException();
    }

    public ModelManifest manifest() {
        throw new UnsupportedOperationException();
    }

    public ModelVersion version() {
        throw new UnsupportedOperationException();
    }

    /** The file in that role, if the package has one. */
    public Optional<Path> file(FileRole role) {
        throw new UnsupportedOperationException();
    }
}
