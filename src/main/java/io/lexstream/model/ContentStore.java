package io.lexstream.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Files by their SHA-256: a disk cache, behind it the base encoders that come with the build. */
public final class ContentStore {
    public ContentStore(Path directory) {
        throw new UnsupportedOperationException();
    }

    /** The file with that content, verified when it was stored; a base encoder on the class path is unpacked first. */
    public Optional<Path> find(String sha256) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Stores content under its digest; atomic, so that no half-written file is ever found.
     *
     * @throws ModelRejectedException if the content has another digest or length
     */
    public Path add(String sha256, long bytes, InputStream content) throws IOException, ModelRejectedException {
        throw new UnsupportedOperationException();
    }
}
