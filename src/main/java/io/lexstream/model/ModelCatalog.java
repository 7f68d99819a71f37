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

/**
 * What the records of the models topic add up to: the versions there are, and which of them serve.
 *
 * <p>A deployment counts only if a trusted key signed it. A manifest that none did is known, so that it can be shown
 * and refused by name, but takes no trusted one's place.
 */
final class ModelCatalog {
    private record Entry(ModelManifest manifest, String digest, boolean accepted) {}

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, Deployment> deployments = new TreeMap<>();
    private final TrustedKeys trusted;
    private final DeploymentTimes times;

    /** @param times of the deployments that were accepted before; theirs are added */
    ModelCatalog(TrustedKeys trusted, DeploymentTimes times) {
        this.trusted = trusted;
        this.times = times;
    }

    TrustedKeys trusted() {
        return trusted;
    }

    /**
     * Takes the next record of the topic.
     *
     * @return the deployment, if this record changed one
     * @throws ModelRejectedException if the record must not count: it is not signed by a trusted key, contradicts its
     *     key, redefines a version, or is older than a deployment that was accepted
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
            throw new ModelRejectedException(Rejection.RELABELLED, "record " + key + " has the manifest of " + version);
        }
        boolean accepted = trusted.accepts(manifest);
        Entry known = entries.get(key);
        if (known == null || accepted) {
            if (known != null && known.accepted() && !known.digest().equals(version.digest())) {
                throw new ModelRejectedException(
                        Rejection.REDEFINED,
                        "record " + key + " would redefine a version: digest " + version.digest() + ", known is "
                                + known.digest());
            }
            entries.put(key, new Entry(manifest, version.digest(), accepted));
        }
        trusted.require(manifest);
    }

    private Optional<Deployment> deploy(String key, Deployment deployment) throws ModelRejectedException {
        if (!key.equals(deployment.getTask())) {
            throw new ModelRejectedException(
                    Rejection.RELABELLED, "record " + key + " has the deployment of " + deployment.getTask());
        }
        trusted.require(deployment);
        if (!isByHand(deployment)) {
            String what = "deployment of " + key + " to " + deployment.getChampion();
            times.require(key, what, deployment.getUpdatedAt());
            times.accepted(key, deployment.getUpdatedAt());
        }
        Deployment known = deployments.put(key, deployment);
        return known != null && deployment.equals(known) ? Optional.empty() : Optional.of(deployment);
    }

    /** Without signatures, a deployment without a time was written by hand, and counts as new. */
    private boolean isByHand(Deployment deployment) {
        return trusted.acceptsAll() && deployment.getUpdatedAt().equals(Instant.EPOCH);
    }

    /** The version that a record speaks of, under the name that its key gives it. */
    ModelVersion offered(String key, @Nullable SpecificRecord value) {
        int at = key.indexOf('@');
        String task = at < 0 ? key : key.substring(0, at);
        String version = at < 0 ? "" : key.substring(at + 1);
        if (value instanceof ModelManifest manifest) {
            return new ModelVersion(task, manifest.getName(), version, ManifestDigest.of(manifest));
        }
        if (value instanceof Deployment deployment) {
            return manifest(task, deployment.getChampion())
                    .map(ModelVersion::of)
                    .orElseGet(() -> new ModelVersion(task, "", deployment.getChampion(), ""));
        }
        return new ModelVersion(task, "", version, "");
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

    /** The version, if a trusted key signed its manifest. */
    Optional<ModelManifest> acceptedManifest(String task, String version) {
        return Optional.ofNullable(entries.get(ModelVersion.key(task, version)))
                .filter(Entry::accepted)
                .map(Entry::manifest);
    }

    /** The versions of {@code task} that can be promoted. */
    List<String> versions(String task) {
        return entries.values().stream()
                .filter(Entry::accepted)
                .map(Entry::manifest)
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
