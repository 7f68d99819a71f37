package io.lexstream.trainer.seq2seq;

import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.trainer.CandidateRequest;
import io.lexstream.trainer.CandidateTrainer;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.WeightedTexts;
import io.lexstream.trainer.WrittenTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Goes on training the parent, which translates or writes summaries, on texts whose labels are what it should have
 * written. The new version's golden cases are the parent's texts with what the new version writes of them.
 */
public final class WritingTuner implements CandidateTrainer {
    static {
        TrustedRecords.allow(); // a builder copies, and fills in defaults, by the schema
    }

    /** Of the parent's provenance: what serving reads there. */
    private static final String SERVING = "generation.";

    private final WrittenTuning tuning;
    private final ContentStore store;
    private final ModelOpener opener;
    private final Clock clock;

    /** @param store where the files of packages are found */
    public WritingTuner(WrittenTuning tuning, ContentStore store, ModelOpener opener, Clock clock) {
        this.tuning = tuning;
        this.store = store;
        this.opener = opener;
        this.clock = clock;
    }

    @Override
    public ModelPackage train(CandidateRequest request, Path out, Progress progress)
            throws IOException, ModelRejectedException {
        ModelManifest parent = request.parent().manifest();
        boolean masks = ModelConfig.of(request.parent()).masks();
        boolean sentences = GenerationTask.ofKind(parent.getKind()).orElseThrow() == GenerationTask.TRANSLATION;
        LessonRows rows = new LessonRows(sentences, masks);
        List<WrittenTuning.WeightedRows> train = new ArrayList<>();
        for (WeightedTexts file : request.train()) {
            train.addAll(weighted(file, rows));
        }
        if (train.isEmpty()) {
            throw new DataException("no pair is left to train on");
        }
        Map<String, List<TextPair>> dev = new LinkedHashMap<>();
        request.dev().forEach(file -> dev.put(file.name(), rows.toChooseBy(pairs(file))));
        WrittenTuning.Lesson lesson = new WrittenTuning.Lesson(request, draft(request), train, dev);
        Path draft = Files.createTempDirectory(request.checkpoints(), "draft");
        ModelPackage tuned = tuning.tune(lesson, draft, progress);
        return checked(tuned, parent.getGoldenCases(), out, progress);
    }

    /** Rows of one weight together: people's labels count by their kind and source. */
    private static List<WrittenTuning.WeightedRows> weighted(WeightedTexts file, LessonRows rows) {
        Map<Double, List<TextPair>> byWeight = new TreeMap<>();
        List<TextPair> pairs = pairs(file.texts());
        for (int row = 0; row < pairs.size(); row++) {
            if (file.weights().get(row) > 0) {
                byWeight.computeIfAbsent(file.weights().get(row), weight -> new ArrayList<>())
                        .add(pairs.get(row));
            }
        }
        List<WrittenTuning.WeightedRows> weighted = new ArrayList<>();
        byWeight.forEach((weight, same) -> {
            List<TextPair> usable = rows.toLearn(same);
            if (!usable.isEmpty()) {
                weighted.add(new WrittenTuning.WeightedRows(file.texts().name(), weight, usable));
            }
        });
        return weighted;
    }

    private static List<TextPair> pairs(LabeledTexts file) {
        return file.rows().stream()
                .map(row -> new TextPair(row.text(), row.label()))
                .toList();
    }

    private ModelManifest draft(CandidateRequest request) {
        ModelManifest parent = request.parent().manifest();
        Map<String, String> provenance = new TreeMap<>(request.provenance());
        parent.getProvenance().forEach((name, value) -> {
            if (name.startsWith(SERVING)) {
                provenance.put(name, value);
            }
        });
        provenance.put("base", parent.getProvenance().getOrDefault("base", parent.getName()));
        return ModelManifest.newBuilder(parent)
                .setVersion(request.version())
                .setParent(parent.getVersion())
                .setCreatedAt(clock.instant())
                .setFiles(List.of())
                .setGoldenCases(List.of())
                .setMetrics(Map.of())
                .setProvenance(provenance)
                .setSignature("")
                .setPrecisions(List.of("fp32"))
                .build();
    }

    /** Opens the version, and writes it where it belongs with what it makes of the golden texts. */
    private ModelPackage checked(ModelPackage tuned, List<GoldenCase> golden, Path out, Progress progress)
            throws IOException, ModelRejectedException {
        List<String> texts = golden.stream().map(GoldenCase::getText).toList();
        List<String> written;
        try (TextModel model = opener.open(tuned)) {
            written = WrittenTexts.of(model, "golden cases", texts, progress);
        }
        List<GoldenCase> cases = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!written.get(i).isBlank()) {
                cases.add(new GoldenCase(texts.get(i), written.get(i), Map.of()));
            }
        }
        PackageWriter writer = new PackageWriter(ModelManifest.newBuilder(tuned.manifest())
                .setGoldenCases(cases)
                .setFiles(List.of())
                .build());
        for (ModelFile file : tuned.manifest().getFiles()) {
            Path content = tuned.file(file.getRole()).orElseThrow();
            writer.add(file.getRole(), file.getPath(), content);
        }
        return writer.write(out, store);
    }
}
