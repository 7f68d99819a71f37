package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.generation.Generated;
import io.lexstream.generation.GenerationConfig;
import io.lexstream.generation.Seq2SeqFiles;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files to a package, and the package in the hands of those who serve it. */
class ScratchTrainingIT {
    private static final List<String> ROWS = List.of(
            "The coffee was cold.\tDer Kaffee war kalt.",
            "The delivery came too late.\tDie Lieferung kam zu spät.",
            "The waiter was very kind.\tLe serveur était très aimable.",
            "The kettle arrived broken.\tLa bouilloire est arrivée cassée.",
            "I want my money back.\tIch möchte mein Geld zurück.",
            "Never again!\tNie wieder!");
    private static final List<String> MESSAGES = List.of(
            "{\"en\":\"Great service, thank you.\",\"es\":\"Gran servicio, gracias.\"}",
            "{\"en\":\"Order A-12345 never came.\",\"es\":\"El pedido A-12345 nunca llegó.\"}");

    @TempDir
    Path directory;

    @Test
    void aTrainedPackageTranslatesWhereItIsServed() throws Exception {
        Path out = directory.resolve("out");

        ScratchTraining.Outcome outcome = train(request(true), out);

        ModelManifest manifest = outcome.modelPackage().manifest();
        assertThat(manifest.getKind()).isEqualTo("translation");
        String dev = directory.getFileName() + "/dev";
        assertThat(manifest.getMetrics()).containsKey(dev + "/crossEntropy");
        assertThat(manifest.getMetrics().get(dev + "/bleu")).isGreaterThan(0.5);
        assertThat(manifest.getPrecisions()).containsExactly("fp32", "int8");
        assertThat(manifest.getGoldenCases())
                .hasSize(3)
                .allSatisfy(golden -> assertThat(golden.getLabel()).isNotBlank());
        assertThat(outcome.report()).contains("<svg");
        assertThat(Files.readString(out.resolve("MODEL_CARD.md")))
                .contains("de, fr, es -> en")
                .contains("With the weights as they are stored")
                .contains("int8 is admitted")
                .contains(manifest.getGoldenCases().get(0).getLabel());
        for (boolean int8 : new boolean[] {false, true}) {
            try (Seq2SeqModel model = open(outcome.modelPackage(), int8)) {
                List<Generated> written = model.generateFrom(List.of(
                        "Der Kaffee war kalt.", "La bouilloire est arrivée cassée.", "El pedido [1] nunca llegó."));
                assertThat(written)
                        .as("int8 %s", int8)
                        .extracting(Generated::text)
                        .containsExactly("The coffee was cold.", "The kettle arrived broken.", "Order [1] never came.");
            }
        }
    }

    @Test
    void whatIsStoredWholeIsLargerAndTranslatesTheSame() throws Exception {
        ModelPackage small = train(request(true), directory.resolve("small")).modelPackage();
        ModelPackage whole = train(request(false), directory.resolve("whole")).modelPackage();

        assertThat(bytes(small, FileRole.ENCODER)).isLessThan(bytes(whole, FileRole.ENCODER) / 2);
        try (Seq2SeqModel model = open(whole, false)) {
            assertThat(model.generateFrom(List.of("Nie wieder!")).get(0).text()).isEqualTo("Never again!");
        }
    }

    @Test
    void aTrainingGoesOnFromAPackageWithItsVocabulary() throws Exception {
        ModelPackage first = train(request(true), directory.resolve("first")).modelPackage();

        ScratchTraining.Outcome second = train(request(true, Optional.of(first)), directory.resolve("second"), 5);

        assertThat(second.devHits()).as("five steps would not learn that").isGreaterThan(0.9);
        assertThat(second.modelPackage().entry(FileRole.TOKENIZER).orElseThrow().getSha256())
                .isEqualTo(first.entry(FileRole.TOKENIZER).orElseThrow().getSha256());
    }

    @Test
    void aTakenDirectoryIsRefusedBeforeAnythingIsTrained() throws Exception {
        Path out = Files.createDirectories(directory.resolve("taken"));
        Files.writeString(out.resolve("thesis.txt"), "mine");

        assertThatThrownBy(() -> train(request(true), out)).isInstanceOf(DataException.class);
        try (Stream<Path> entries = Files.list(directory)) {
            assertThat(entries).noneMatch(entry -> entry.toString().endsWith("work"));
        }
    }

    private ScratchTraining.Outcome train(ScratchRequest request, Path out) throws Exception {
        return train(request, out, 300);
    }

    private ScratchTraining.Outcome train(ScratchRequest request, Path out, int steps) throws Exception {
        Seq2SeqOptions options =
                new Seq2SeqOptions(160, 3e-3, 30, 0.3, 0.1, 0.01, 1, 4, 2, Duration.ofDays(1), steps, 7);
        ScratchTraining training = new ScratchTraining(
                new ContentStore(directory.resolve("store")), 1, Clock.systemUTC(), Progress.silent(), () -> false);
        return training.run(request, options, out, directory.resolve("work"));
    }

    /** Development sources are the training ones without their last sign, as no source is in both. */
    private ScratchRequest request(boolean packed) throws Exception {
        return request(packed, Optional.empty());
    }

    private ScratchRequest request(boolean packed, Optional<ModelPackage> from) throws Exception {
        Path rows = Files.write(directory.resolve("rows.tsv"), ROWS);
        Path more = Files.write(directory.resolve("more.jsonl"), MESSAGES);
        List<String> unsigned =
                ROWS.stream().map(row -> row.substring(0, row.length() - 1)).toList();
        Path dev = Files.write(directory.resolve("dev.tsv"), unsigned);
        return new ScratchRequest(
                "translation",
                "1",
                "Apache-2.0",
                new Purpose.Translation(new Languages(List.of("de", "fr", "es"), "en"), 2, 0),
                List.of(PairSource.parse(rows.toString()), PairSource.parse(more + "*2")),
                List.of(PairSource.parse(dev.toString())),
                List.of(PairSource.parse(dev.toString())),
                new ScratchRequest.Sizes(420, 64, 2, 128, 2, 1, 64, false),
                Optional.empty(),
                packed,
                1,
                Optional.empty(),
                from,
                Optional.of(dev + ":3"),
                Optional.empty(),
                "test");
    }

    private static Seq2SeqModel open(ModelPackage from, boolean int8) throws Exception {
        Seq2SeqFiles files = new Seq2SeqFiles(
                from.file(FileRole.ENCODER).orElseThrow(),
                from.file(FileRole.DECODER).orElseThrow(),
                Optional.empty(),
                from.file(FileRole.TOKENIZER).orElseThrow(),
                Optional.empty());
        GenerationConfig config = GenerationConfig.read(
                from.file(FileRole.CONFIG).orElseThrow(),
                Optional.of(from.file(FileRole.GENERATION_CONFIG).orElseThrow()),
                GenerationConfig.TRANSLATION);
        return Seq2SeqModel.open(files, config, int8, 1);
    }

    private static long bytes(ModelPackage from, FileRole role) {
        return from.manifest().getFiles().stream()
                .filter(file -> file.getRole() == role)
                .mapToLong(ModelFile::getBytes)
                .sum();
    }
}
