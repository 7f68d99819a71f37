package io.lexstream.trainer;

import io.lexstream.model.ContentStore;
import io.lexstream.schemas.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a training from files reads before it begins: what is wrong with it shows now, not after an hour's work.
 *
 * @param golden texts that may be published, and their labels
 * @param notes Markdown for the model card; may be empty
 */
record TrainingInputs(TrainingData data, List<LabeledText> golden, String notes) {
    /**
     * @param out where the package will go; must be absent or empty
     * @throws DataException if something cannot be used
     */
    static TrainingInputs read(TrainingRequest<HeadOptions> request, Path out, Progress progress) throws IOException {
        OutputDirectory.refuseIfTaken(out);
        TrainingData data = TrainingData.read(
                request.train(),
                request.dev(),
                request.test(),
                request.options().fit().heldOut(),
                request.options().seed());
        data.files().forEach(file -> SkippedRow.tell(file.name(), file.skipped(), progress));
        List<LabeledText> golden = request.golden().isEmpty()
                ? List.of()
                : LabeledTextReader.read(request.golden().get()).rows();
        return new TrainingInputs(data, golden, request.notesText());
    }

    /** A base encoder's file. */
    static Path content(ModelFile file, ContentStore store) throws IOException {
        return store.find(file.getSha256())
                .orElseThrow(() ->
                        new DataException("the base encoder's file " + file.getPath() + " is not on the class path"));
    }
}
