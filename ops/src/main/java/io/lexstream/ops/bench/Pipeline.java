package io.lexstream.ops.bench;

import io.lexstream.processors.Processing;
import io.lexstream.processors.ProcessorSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The real service, from the input topic to committed results. */
final class Pipeline implements Contender {
    private final String name;
    private final BenchStage stage;
    private final List<String> tasks;

    Pipeline(String name, BenchStage stage, List<String> tasks) {
        this.name = name;
        this.stage = stage;
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double textsPerSecond(List<String> texts) throws Exception {
        String run = stage.newRun();
        try (Processing processing = start(run);
                OutputMeter meter = new OutputMeter(stage, run)) {
            return meter.textsPerSecond(texts, processing.failure());
        }
    }

    /** How long texts take that come at an even pace. */
    Latencies latencies(List<String> texts, double textsPerSecond) throws Exception {
        String run = stage.newRun();
        try (Processing processing = start(run);
                OutputMeter meter = new OutputMeter(stage, run)) {
            return meter.latencies(texts, textsPerSecond, processing.failure());
        }
    }

    private Processing start(String run) {
        Map<String, String> settings = new HashMap<>();
        stage.clientConfig().forEach((key, value) -> settings.put(key, value.toString()));
        settings.put("application.id", "bench-" + run);
        settings.put("tasks", String.join(",", tasks));
        settings.put("topic.events", run + "-events");
        settings.put("topic.results." + tasks.get(0), run + "-results");
        settings.put("http.port", "0");
        settings.put("inference.precision", stage.precision().name().toLowerCase(Locale.ROOT));
        settings.put("model.cache.dir", stage.directory().resolve("models").toString());
        settings.put("model.trusted.keys", stage.trustedKey());
        settings.put("state.dir", stage.directory().resolve(run).toString());
        return Processing.start(ProcessorSettings.of(settings, Map.of()));
    }
}
