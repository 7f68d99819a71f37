package io.lexstream.trainer.gate;

import io.lexstream.inference.TextModel;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gate before which packages stand for models that live in memory. */
final class GateFixture {
    /** As usual, but fast, and with room for a noisy machine. */
    static final GateSettings SETTINGS =
            new GateSettings(0.95, 0.02, 0.01, 20, 0.05, 30, 0.10, 10_000, 1000, 0.005, 0.97, 1000, 1);

    private final Path directory;
    private final ContentStore store;
    private final Map<String, TextModel> models = new HashMap<>();
    private final Map<String, TextModel> int8 = new HashMap<>();

    GateFixture(Path directory) {
        this.directory = directory;
        this.store = new ContentStore(directory.resolve("store"));
    }

    ModelPackage version(String version, TextModel model) throws IOException, ModelRejectedException {
        return version(version, model, List.of(), 100);
    }

    ModelPackage version(String version, TextModel model, List<GoldenCase> golden, int bytes)
            throws IOException, ModelRejectedException {
        models.put(version, model);
        ModelManifest manifest = ModelManifest.newBuilder()
                .setTask("mood")
                .setName("in memory")
                .setVersion(version)
                .setLabels(List.of(ShopTexts.BAD, ShopTexts.GOOD))
                .setFiles(List.of())
                .setGoldenCases(golden)
                .build();
        return new PackageWriter(manifest)
                .add(FileRole.GRAPH, "model.onnx", new byte[bytes])
                .add(FileRole.TOKENIZER, "tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8))
                .write(directory.resolve(version), store);
    }

    /** What the version is in int8. */
    void int8(String version, TextModel model) {
        int8.put(version, model);
    }

    Verdict judge(GateSettings settings, ModelPackage candidate, Optional<ModelPackage> champion, HeldOut data) {
        return new ReleaseGate(
                        settings,
                        opened -> find(models, opened),
                        int8.isEmpty() ? Optional.empty() : Optional.of(opened -> find(int8, opened)))
                .judge(candidate, champion, data, Progress.silent());
    }

    Verdict judge(ModelPackage candidate, ModelPackage champion, HeldOut data) {
        return judge(SETTINGS, candidate, Optional.of(champion), data);
    }

    private static TextModel find(Map<String, TextModel> models, ModelPackage opened) throws ModelRejectedException {
        TextModel model = models.get(opened.manifest().getVersion());
        if (model == null) {
            throw new ModelRejectedException(opened.version() + " gives NaN");
        }
        return model;
    }
}
