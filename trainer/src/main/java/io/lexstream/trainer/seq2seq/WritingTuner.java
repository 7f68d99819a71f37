package io.lexstream.trainer.seq2seq;

import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ContentStore;
import io.lexstream.model.Folders;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.trainer.CandidateRequest;
import io.lexstream.trainer.CandidateTrainer;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.WrittenTexts;
import io.lexstream.trainer.tuning.TuningMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
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

    private final ContentStore store;
    private final int threads;
    private final ModelOpener opener;
    private final Clock clock;

    /**
     * @param store where the files of packages are found
     * @param threads for training
     * @param opener checks what came out
     */
    public WritingTuner(ContentStore store, int threads, ModelOpener opener, Clock clock) {
        this.store = store;
        this.threads = threads;
        this.opener = opener;
        this.clock = clock;
    }

    @Override
    public ModelPackage train(CandidateRequest request, Path out, Progress progress)
            throws IOException, ModelRejectedException {
        LessonRows rows = LessonRows.of(request);
        String origin = "the trainer service, from " + request.parent().version();
        // Always the same place, beside which a killed run has left its checkpoint.
        Path draft = request.checkpoints().resolve("tuned");
        Folders.deleteAll(draft);
        ModelPackage tuned = new GeneratorTuning(
                        store,
                        threads,
                        clock,
                        progress,
                        new WatchedTraining(request.watch(), new ToldTraining(progress, () -> false)),
                        origin)
                .run(request.parent(), rows.train(), rows.dev(), options(request, progress), request.version(), draft)
                .modelPackage();
        request.watch().check();
        return checked(tuned, request, out, progress);
    }

    private static GeneratorTuningOptions options(CandidateRequest request, Progress progress) {
        TuningMethod method = TuningMethod.of(request.method());
        if (method == TuningMethod.LAST_LAYERS) {
            progress.say("models that write text have no such method as " + method.text() + ": it will be lora");
            method = TuningMethod.LORA;
        }
        return GeneratorTuningOptions.of(method).within(request.budget(), request.seed());
    }

    /** Opens the version, and writes it where it belongs with what it makes of the golden texts. */
    private ModelPackage checked(ModelPackage tuned, CandidateRequest request, Path out, Progress progress)
            throws IOException, ModelRejectedException {
        List<String> texts = request.parent().manifest().getGoldenCases().stream()
                .map(GoldenCase::getText)
                .toList();
        List<String> written;
        try (TextModel model = opener.open(tuned)) {
            written = WrittenTexts.of(model, "golden cases", texts, progress);
        }
        List<GoldenCase> golden = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!written.get(i).isBlank()) { // in int8 that would be an error
                golden.add(new GoldenCase(texts.get(i), written.get(i), Map.of()));
            }
        }
        Map<String, String> provenance = new TreeMap<>(tuned.manifest().getProvenance());
        String method = provenance.getOrDefault("method", request.method());
        provenance.putAll(request.provenance());
        provenance.put("method", method);
        PackageWriter writer = new PackageWriter(ModelManifest.newBuilder(tuned.manifest())
                .setGoldenCases(golden)
                .setProvenance(provenance)
                .setFiles(List.of())
                .build());
        for (ModelFile file : tuned.manifest().getFiles()) {
            if (file.getRole() != FileRole.CARD) { // the service writes one that tells the verdict, too
                Path content = tuned.file(file.getRole()).orElseThrow();
                writer.add(file.getRole(), file.getPath(), content);
            }
        }
        return writer.write(out, store);
    }
}
