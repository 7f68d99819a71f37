package io.lexstream.processors;

import io.lexstream.model.ModelVersion;
import io.lexstream.model.TrainingProfile;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the training texts of the serving versions were like. The watcher's thread writes, stream threads read. */
final class Profiles {
    private final Map<String, Known> byTask = new ConcurrentHashMap<>();

    private record Known(ModelVersion version, Optional<TrainingProfile> profile) {}

    void serves(ModelVersion version, Optional<TrainingProfile> profile) {
        byTask.put(version.task(), new Known(version, profile));
    }

    /** The profile of that version, if it serves and has one. */
    Optional<TrainingProfile> of(ModelVersion version) {
        Known known = byTask.get(version.task());
        return known == null || !known.version.equals(version) ? Optional.empty() : known.profile;
    }
}
