package io.lexstream.ops.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.WrittenText;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that writes summaries, as this build ships it. */
class AbstractiveStarterIT {
    @TempDir
    Path directory;

    @Test
    void itOpensWritesWhatItsCardShowsAndIsNotWhatTheTaskSummaryStartsWith() throws Exception {
        ContentStore store = new ContentStore(directory.resolve("store"));
        StarterModels starters = new StarterModels(directory.resolve("starter"), store);

        ModelPackage starter = starters.find("summary-abstractive").orElseThrow();

        List<GoldenCase> golden = starter.manifest().getGoldenCases();
        String card = Files.readString(starter.file(FileRole.CARD).orElseThrow());
        assertThat(golden).hasSize(20);
        assertThat(card).contains("lead-1").contains("./lexstream train --task summary --abstractive");
        try (TextModel model = new ModelOpener(new InferenceSettings(1, 1)).open(starter)) {
            GoldenCase first = golden.get(0);
            WrittenText written = (WrittenText)
                    model.run(new TextBatch(List.of(first.getText()))).get(0);
            assertThat(written.text()).isEqualTo(first.getLabel());
            assertThat(card).contains("**" + written.text() + "**");
        }
        assertThat(starter.manifest().getFiles().stream()
                        .filter(file -> file.getRole() != FileRole.GRAPH)
                        .mapToLong(ModelFile::getBytes)
                        .sum())
                .isLessThan(15_000_000);
        assertThat(starters.find("summary").flatMap(other -> other.entry(FileRole.DECODER)))
                .isEmpty();
    }
}
