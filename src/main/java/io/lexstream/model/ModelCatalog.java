package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the records of the models topic add up to: the versions there are, and which of them serve. */
final class ModelCatalog {
    private record Entry(ModelManifest manifest, String digest) {}

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, Deployment> deployments = new TreeMap<>();

    /**
     * Takes the next record of the topic.
     *
     * @return the deployment, if this record changed one
     * @throws ModelRejectedException if the record must not count: it contradicts its key, redefines a version, or is
     *     older than the deployment that it would replace
     */
    Optional<Deployment> apply(String key, @Nullable SpecificRecord value) throws ModelRejectedException {
        if (value == null) {
            entries.remove(key);
            deployments.remove(key);
            return Optional.empty();
        }
        if (value instanceof ModelManifest manifest) {
            add(key, manifest);
            return Optional.empty();
        }
        if (value instanceof Deployment deployment) {
            return deploy(key, deployment);
        }
        throw new ModelRejectedException(
                "record " + key + " is a " + value.getSchema().getName() + ", neither manifest nor deployment");
    }

    private void add(String key, ModelManifest manifest) throws ModelRejectedException {
        ModelVersion version = ModelVersion.of(manifest);
        if (!key.equals(version.toString())) {
            throw new ModelRejectedException("record " + key + " has the manifest of " + version);
        }
        Entry known = entries.get(key);
        if (known != null && !known.digest().equals(version.digest())) {
            throw new ModelRejectedException("record " + key + " would redefine a version: digest " + version.digest()
                    + ", known is " + known.digest());
        }
        entries.put(key, new Entry(manifest, version.digest()));
    }

    private Optional<Deployment> deploy(String key, Deployment deployment) throws ModelRejectedException {
        if (!key.equals(deployment.getTask())) {
            throw new ModelRejectedException("record " + key + " has the deployment of " + deployment.getTask());
        }
        Deployment known = deployments.get(key);
        if (known != null && isReplay(deployment.getUpdatedAt(), known.getUpdatedAt())) {
            throw new ModelRejectedException("deployment of " + key + " to " + deployment.getChampion() + " is from "
                    + deployment.getUpdatedAt() + ", older than the one known, " + known.getUpdatedAt());
        }
        deployments.put(key, deployment);
        return known != null && deployment.equals(known) ? Optional.empty() : Optional.of(deployment);
    }

    /** A deployment without a time was written by hand, and counts as new. */
    private static boolean isReplay(Instant time, Instant known) {
        return !time.equals(Instant.EPOCH) && time.isBefore(known);
    }

    List<ModelManifest> manifests() {
        return entries.values().stream().map(Entry::manifest).toList();
    }

    Optional<ModelManifest> manifest(String task, String version) {
        return Optional.ofNullable(entries.get(ModelVersion.key(task, version))).map(Entry::manifest);
    }

    Map<String, Deployment> deployments() {
        return Map.copyOf(deployments);
    }

    Optional<Deployment> deployment(String task) {
        return Optional.ofNullable(deployments.get(task));
    }

    /** The versions of {@code task} that can be promoted. */
    List<String> versions(String task) {
        return manifests().stream()
                .filter(manifest -> manifest.getTask().equals(task))
                .map(ModelManifest::getVersion)
                .toList();
    }

    /** Where manifests say that the content is on the blob topic; usually one place. */
    List<ModelFile> published(String sha256) {
        List<ModelFile> places = new ArrayList<>();
        for (ModelManifest manifest : manifests()) {
            for (ModelFile file : manifest.getFiles()) {
                if (file.getSha256().equals(sha256)
                        && !file.getChunkOffsets().isEmpty()
                        && places.stream().noneMatch(place -> isSamePlace(place, file))) {
                    places.add(file);
                }
            }
        }
        return places;
    }

    private static boolean isSamePlace(ModelFile a, ModelFile b) {
        return a.getBytes() == b.getBytes() && a.getChunkOffsets().equals(b.getChunkOffsets());
    }
}
