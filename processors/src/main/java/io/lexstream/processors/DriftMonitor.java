package io.lexstream.processors;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TaskResult;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.ProfileCounts;
import io.lexstream.model.TrainingProfile;
import io.lexstream.model.TrainingProfile.Observation;
import io.lexstream.schemas.DriftAlert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the texts of each task and source, window by window, with those that the serving version was trained on.
 *
 * <p>Windows are counted in this process and begin anew with it, and with each version: alerts advise, they prove
 * nothing. Stream threads share it.
 */
final class DriftMonitor {
    /** Sources that are told apart; the texts of all others together are one more. */
    private static final int MAX_SOURCES = 16;

    private static final String OTHER = "other";

    /** With fewer training texts, chance alone would look like drift: see {@link io.lexstream.model.Psi}. */
    private static final int MIN_PROFILE_TEXTS = 100;

    private final DriftSettings settings;
    private final Profiles profiles;
    private final ProcessorMetrics metrics;
    private final Map<String, Map<String, Window>> windows = new HashMap<>();

    DriftMonitor(DriftSettings settings, Profiles profiles, ProcessorMetrics metrics) {
        this.settings = settings;
        this.profiles = profiles;
        this.metrics = metrics;
    }

    /** Counts what the champion says of a text; alerts if that completes a window that is unlike the training texts. */
    List<DriftAlert> observe(String source, TaskResult.Success champion, Instant time) {
        Optional<TrainingProfile> profile = settings.off() ? Optional.empty() : profiles.of(champion.model());
        if (profile.filter(known -> known.texts() >= MIN_PROFILE_TEXTS).isEmpty()
                || !(champion.output() instanceof Classification said)) {
            return List.of();
        }
        Observation text =
                new Observation(said.label(), Math.min(1, said.confidence()), said.tokens(), said.unknownTokens());
        return complete(champion.model(), source, text, time)
                .map(window -> compare(window, profile.get()))
                .orElse(List.of());
    }

    private synchronized Optional<Window> complete(ModelVersion model, String source, Observation text, Instant time) {
        Map<String, Window> bySource = windows.computeIfAbsent(model.task(), task -> new HashMap<>());
        String name = bySource.containsKey(source) || bySource.size() < MAX_SOURCES ? source : OTHER;
        Window window = bySource.get(name);
        if (window == null || !window.model.equals(model)) {
            window = new Window(model, name, time);
            bySource.put(name, window);
        }
        window.add(text, time);
        if (window.counts.texts() < settings.windowTexts()) {
            return Optional.empty();
        }
        bySource.put(name, new Window(model, name, time));
        return Optional.of(window);
    }

    private List<DriftAlert> compare(Window window, TrainingProfile profile) {
        List<DriftAlert> alerts = new ArrayList<>();
        profile.psi(window.counts.profile()).forEach((measure, psi) -> {
            String name = measure.name().toLowerCase(Locale.ROOT);
            metrics.driftMeasured(window.model.task(), window.source, name, psi);
            if (psi > settings.threshold()) {
                alerts.add(window.alert(name, psi, settings.threshold()));
            }
        });
        return alerts;
    }

    private static final class Window {
        private final ModelVersion model;
        private final String source;
        private final ProfileCounts counts = new ProfileCounts();
        private Instant start;
        private Instant end;

        Window(ModelVersion model, String source, Instant time) {
            this.model = model;
            this.source = source;
            this.start = time;
            this.end = time;
        }

        void add(Observation text, Instant time) {
            if (counts.texts() == 0) {
                start = time;
                end = time;
            }
            counts.add(text);
            start = time.isBefore(start) ? time : start;
            end = time.isAfter(end) ? time : end;
        }

        DriftAlert alert(String measure, double psi, double threshold) {
            return DriftAlert.newBuilder()
                    .setTask(model.task())
                    .setSource(source)
                    .setMeasure(measure)
                    .setPsi(psi)
                    .setThreshold(threshold)
                    .setTexts(counts.texts())
                    .setModel(model.toRef())
                    .setWindowStart(start)
                    .setWindowEnd(end)
                    .build();
        }
    }
}
