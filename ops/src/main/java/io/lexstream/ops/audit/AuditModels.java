package io.lexstream.ops.audit;

import io.lexstream.inference.Classification;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.ops.models.StarterModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The model versions of an audit, and what each says about each text.
 *
 * @param packages of each task; the first one serves first
 * @param texts those that no version is undecided about
 * @param labels what the versions say about {@code texts}
 */
record AuditModels(SortedMap<String, List<ModelPackage>> packages, List<String> texts, LabelBook labels) {
    private static final SortedMap<String, List<String>> TASKS = Collections.unmodifiableSortedMap(new TreeMap<>(
            Map.of("sentiment", List.of("negative", "neutral", "positive"), "spam", List.of("ham", "spam"))));
    private static final int RANDOM_HEADS = 3;

    /** Scores differ in the last digits from one batch to another; this far apart the label cannot. */
    private static final double CLEAR = 0.02;

    static List<String> tasks() {
        return List.copyOf(TASKS.keySet());
    }

    /** Makes the versions, a starter package of each task first if there is one, and asks each about {@code texts}. */
    static AuditModels make(Path directory, ContentStore store, List<String> texts, RandomGenerator random)
            throws IOException, ModelRejectedException {
        ModelOpener opener = new ModelOpener(InferenceSettings.DEFAULT);
        StarterModels starters = new StarterModels(directory.resolve("starters"), store);
        var encoder = BaseEncoders.onClassPath().all().get(0);
        TextBatch batch = new TextBatch(texts);
        try (var heads = new RandomHeads(encoder, directory, store, opener, random)) {
            SortedMap<String, List<ModelPackage>> packages = new TreeMap<>();
            for (Map.Entry<String, List<String>> task : TASKS.entrySet()) {
                List<ModelPackage> versions = new ArrayList<>();
                starters.find(task.getKey()).ifPresent(versions::add);
                for (int head = 1; head <= RANDOM_HEADS; head++) {
                    versions.add(heads.make(task.getKey(), "audit-" + head, task.getValue(), batch));
                }
                packages.put(task.getKey(), List.copyOf(versions));
            }
            return ask(Collections.unmodifiableSortedMap(packages), opener, batch);
        }
    }

    private static AuditModels ask(SortedMap<String, List<ModelPackage>> packages, ModelOpener opener, TextBatch batch)
            throws ModelRejectedException {
        LabelBook labels = new LabelBook();
        Set<Integer> unclear = new HashSet<>();
        for (List<ModelPackage> versions : packages.values()) {
            for (ModelPackage version : versions) {
                try (TextModel model = opener.open(version)) {
                    List<String> said = new ArrayList<>();
                    for (var output : model.run(batch)) {
                        Classification classification = (Classification) output;
                        if (!isClear(classification)) {
                            unclear.add(said.size());
                        }
                        said.add(classification.label());
                    }
                    labels.add(version.version(), batch.texts(), said);
                }
            }
        }
        List<String> clear = new ArrayList<>();
        for (int text = 0; text < batch.size(); text++) {
            if (!unclear.contains(text)) {
                clear.add(batch.texts().get(text));
            }
        }
        return new AuditModels(packages, List.copyOf(clear), labels);
    }

    private static boolean isClear(Classification classification) {
        List<Double> scores = new ArrayList<>(classification.scores().values());
        scores.sort(Collections.reverseOrder());
        return scores.get(0) - scores.get(1) > CLEAR && !classification.truncated();
    }

    /** The versions of each task, in the order of the packages. */
    Map<String, List<String>> versions() {
        Map<String, List<String>> versions = new TreeMap<>();
        packages.forEach((task, list) -> versions.put(
                task, list.stream().map(item -> item.version().version()).toList()));
        return versions;
    }

    /** Publishes all, and lets the first version of each task serve. */
    void publish(ModelPublisher publisher) {
        for (List<ModelPackage> versions : packages.values()) {
            versions.forEach(publisher::publish);
            publisher.promote(
                    versions.get(0).version().task(), versions.get(0).version().version(), "audit");
        }
    }
}
