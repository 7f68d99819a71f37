package io.lexstream.trainer.summary;

import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.FitOptions;
import io.lexstream.trainer.OutputDirectory;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.SkippedRow;
import io.lexstream.trainer.Summaries;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TrainingRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a training of a summarizer reads before it begins: what is wrong with it shows now.
 *
 * @param golden texts that may be published; of their summaries nothing is made: what counts is what the model writes
 * @param notes Markdown for the model card; may be empty
 */
record SummaryInputs(SummaryData data, TextPairs golden, String notes) {
    /**
     * @param out where the package will go; must be absent or empty
     * @throws io.lexstream.trainer.DataException if something cannot be used
     */
    static SummaryInputs read(TrainingRequest<FitOptions> request, Path out, Progress progress) throws IOException {
        OutputDirectory.refuseIfTaken(out);
        SummaryInputs inputs = new SummaryInputs(SummaryData.read(request), golden(request), request.notesText());
        inputs.files().forEach(file -> SkippedRow.tell(file.name(), file.skipped(), progress));
        return inputs;
    }

    /** All files, the costly training ones last. */
    List<TextPairs> files() {
        return Stream.concat(Stream.of(golden), data.files().stream()).toList();
    }

    private static TextPairs golden(TrainingRequest<FitOptions> request) throws IOException {
        if (request.golden().isEmpty()) {
            return new TextPairs("golden texts", "", List.of(), List.of());
        }
        DataFile file = DataFile.of(request.golden().get()).with(Summaries.COLUMNS);
        return Summaries.read(file, request.options().seed());
    }
}
