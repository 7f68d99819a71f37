package io.lexstream.trainer;

import io.lexstream.model.ContentStore;
import io.lexstream.schemas.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that a training from files reads before it begins: what is wrong with it shows now, not after an hour's work.
 *
 * @param golden texts that may be published, and their labels
 * @param notes Markdown for the model card; may be empty
 */
record TrainingInputs(TrainingData data, List<LabeledText> golden, String notes) {
    private static final int SHOWN_SKIPPED = 5;

    /**
     * @param out where the package will go; must be absent or empty
     * @throws DataException if something cannot be used
     */
    static TrainingInputs read(HeadRequest request, Path out, Progress progress) throws IOException {
        OutputDirectory.refuseIfTaken(out);
        TrainingData data = TrainingData.read(
                request.train(),
                request.dev(),
                request.test(),
                request.options().heldOut(),
                request.options().seed());
        data.files().forEach(file -> tellSkipped(file, progress));
        List<LabeledText> golden = request.golden().isEmpty()
                ? List.of()
                : LabeledTextReader.read(request.golden().get()).rows();
        String notes = request.notes().isEmpty()
                ? ""
                : Files.readString(request.notes().get()).strip();
        return new TrainingInputs(data, golden, notes);
    }

    /** A base encoder's file. */
    static Path content(ModelFile file, ContentStore store) throws IOException {
        return store.find(file.getSha256())
                .orElseThrow(() ->
                        new DataException("the base encoder's file " + file.getPath() + " is not on the class path"));
    }

    private static void tellSkipped(LabeledTexts file, Progress progress) {
        if (file.skipped().isEmpty()) {
            return;
        }
        List<SkippedRow> shown =
                file.skipped().subList(0, Math.min(SHOWN_SKIPPED, file.skipped().size()));
        progress.say("%s: skipped %d rows: %s%s"
                .formatted(
                        file.name(),
                        file.skipped().size(),
                        shown.stream().map(SkippedRow::toString).collect(Collectors.joining("; ")),
                        shown.size() < file.skipped().size() ? "; ..." : ""));
    }
}
