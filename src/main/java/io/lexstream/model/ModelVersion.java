package io.lexstream.model;

import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.ModelRef;

/**
 * One version of one task's model.
 *
 * @param task what it serves
 * @param name the model's name, for people
 * @param version unique within the task
 * @param digest SHA-256 (hex) of the version's content
 */
public record ModelVersion(String task, String name, String version, String digest) {
    public static ModelVersion of(ModelManifest manifest) {
        return new ModelVersion(
                manifest.getTask(), manifest.getName(), manifest.getVersion(), ManifestDigest.of(manifest));
    }

    public ModelRef toRef() {
        return new ModelRef(name, version, digest);
    }

    /** {@code task@version}. */
    @Override
    public String toString() {
        return key(task, version);
    }

    /** {@code task@version}, the key of a manifest on the topic. */
    static String key(String task, String version) {
        return task + "@" + version;
    }
}
