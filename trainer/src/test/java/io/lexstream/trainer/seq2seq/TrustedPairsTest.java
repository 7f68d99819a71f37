package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.trainer.CorpusSplit;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPairs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedPairsTest {
    static {
        TrustedRecords.allow();
    }

    @TempDir
    private Path directory;

    @Test
    void columnsAreTheTextAndItsTranslation() throws Exception {
        Path file = Files.writeString(directory.resolve("pairs.tsv"), "Nie wieder!\tNever again!\n");

        assertThat(rows(GenerationTask.TRANSLATION, file)).containsExactly(new TextPair("Nie wieder!", "Never again!"));
    }

    @Test
    void linesMayNameSourceAndTarget() throws Exception {
        Path file = Files.writeString(
                directory.resolve("pairs.jsonl"), "{\"source\":\"Nie wieder!\",\"target\":\"Never again!\"}\n");

        assertThat(rows(GenerationTask.TRANSLATION, file)).containsExactly(new TextPair("Nie wieder!", "Never again!"));
    }

    @Test
    void ofACorpusOnlyWhatIsKeptBackForDevelopmentCounts() throws Exception {
        List<String> ids = IntStream.range(0, 200).mapToObj(i -> "m" + i).toList();
        Path file = Files.write(
                directory.resolve("corpus.jsonl"),
                ids.stream()
                        .map(id ->
                                "{\"id\":\"%1$s\",\"de\":\"Nachricht %1$s\",\"fr\":\"message %1$s\",\"en\":\"Message %1$s\"}"
                                        .formatted(id))
                        .toList());
        List<TextPair> expected = new ArrayList<>();
        for (String prefix : List.of("Nachricht ", "message ")) {
            ids.stream()
                    .filter(id -> CorpusSplit.of(id) == CorpusSplit.DEV)
                    .forEach(id -> expected.add(new TextPair(prefix + id, "Message " + id)));
        }

        assertThat(rows(GenerationTask.TRANSLATION, file)).isNotEmpty().containsExactlyElementsOf(expected);
    }

    @Test
    void summariesAreDocumentsAndWhatPeopleMadeOfThem() throws Exception {
        Path file = Files.writeString(
                directory.resolve("summaries.jsonl"),
                "{\"document\":\"It leaks. I am sad.\",\"summary\":\"It leaks.\"}\n");

        assertThat(rows(GenerationTask.SUMMARY, file))
                .containsExactly(new TextPair("It leaks. I am sad.", "It leaks."));
    }

    private List<TextPair> rows(GenerationTask task, Path file) throws Exception {
        List<TextPair> rows = new ArrayList<>();
        for (TextPairs pairs : TrustedPairs.read(task, List.of(file), model())) {
            rows.addAll(pairs.rows());
        }
        return rows;
    }

    private ModelPackage model() throws Exception {
        String config = "{\"lexstream\":{\"source_languages\":[\"de\",\"fr\"],\"target_language\":\"en\"}}";
        return new PackageWriter(ModelManifest.newBuilder()
                        .setTask("translation")
                        .setName("none")
                        .setVersion("1")
                        .setKind("translation")
                        .setFiles(List.of())
                        .build())
                .add(FileRole.ENCODER, "encoder.onnx", new byte[1])
                .add(FileRole.DECODER, "decoder.onnx", new byte[1])
                .add(FileRole.TOKENIZER, "tokenizer.json", new byte[1])
                .add(FileRole.CONFIG, "config.json", config.getBytes(StandardCharsets.UTF_8))
                .write(directory.resolve("model"), new ContentStore(directory.resolve("store")));
    }
}
