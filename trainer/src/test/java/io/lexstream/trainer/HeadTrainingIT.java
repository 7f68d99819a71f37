package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head for a user's own task, on the real encoder. */
class HeadTrainingIT {
    private static final List<String> REFUND = List.of(
            "I want my money back.",
            "Please refund the broken lamp.",
            "Where is my refund?",
            "The kettle leaks, I would like to return it and be paid back.",
            "You charged me twice, give me the second amount back.",
            "How can I send these shoes back for a refund?",
            "I am returning the order and expect my money.",
            "Cancel it and reimburse me, please.",
            "It never worked. Money back, now!",
            "Could you pay back the shipping cost?");
    private static final List<String> DELIVERY = List.of(
            "When will my parcel arrive?",
            "The courier has not come yet.",
            "Has the order been shipped?",
            "My package was left at the wrong house.",
            "The tracking number does not work.",
            "Can you deliver on Saturday?",
            "Two weeks and still no parcel.",
            "The driver did not ring the bell.",
            "Please send it to my office address instead.",
            "Is express shipping possible to Vienna?");

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();
    private BaseEncoder base;
    private ContentStore store;
    private HeadTraining training;

    @BeforeEach
    void prepare() {
        base = BaseEncoders.onClassPath().named("bge-small-en-v1.5");
        store = new ContentStore(directory.resolve("store"));
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        training = new HeadTraining(
                base,
                store,
                directory.resolve("features"),
                InferenceSettings.DEFAULT,
                clock,
                new Progress(lines::add, clock, Duration.ZERO));
    }

    @Test
    void aTaskOfOnesOwnIsTrainedFromAFewTextsAndServes() throws Exception {
        TrainingRequest<HeadOptions> request = request("1.0.0");

        HeadTraining.Outcome outcome = training.run(request, directory.resolve("intent"));

        assertThat(outcome.quality().test().together().accuracy()).isGreaterThanOrEqualTo(0.9);
        ModelPackage written = ModelPackage.open(directory.resolve("intent"), store);
        ModelManifest manifest = written.manifest();
        assertThat(manifest.getLabels()).containsExactly("delivery", "refund");
        assertThat(manifest.getGoldenCases()).isNotEmpty();
        assertThat(manifest.getProvenance()).containsEntry("base", "bge-small-en-v1.5");
        assertThat(Files.size(directory.resolve("intent/head.onnx"))).isLessThan(10_000);
        assertThat(Files.readString(directory.resolve("intent/MODEL_CARD.md")))
                .contains(
                        "# intent@1.0.0",
                        "| " + directory.getFileName() + "/test | 4 |",
                        "bag of words: accuracy",
                        "for this test");
        try (TextModel model = new ModelOpener(InferenceSettings.DEFAULT).open(written)) {
            Evaluation.Result served = Evaluation.of(
                    model, List.of(LabeledTextReader.read(directory.resolve("test.jsonl"))), Progress.silent());
            assertThat(served.together().confusion())
                    .isEqualTo(outcome.quality().test().together().confusion());
        }
    }

    @Test
    void theSameRequestGivesTheSameHeadWithoutEncodingAgain() throws Exception {
        training.run(request("1.0.0"), directory.resolve("first"));
        lines.clear();

        training.run(request("1.0.0"), directory.resolve("second"));

        assertThat(Files.readAllBytes(directory.resolve("second/head.onnx")))
                .isEqualTo(Files.readAllBytes(directory.resolve("first/head.onnx")));
        assertThat(Files.readAllBytes(directory.resolve("second/manifest.json")))
                .isEqualTo(Files.readAllBytes(directory.resolve("first/manifest.json")));
        assertThat(lines)
                .filteredOn(line -> line.contains("to encode"))
                .isNotEmpty()
                .allMatch(line -> line.contains(" 0 of them"));
    }

    @Test
    void goldenCasesThatContradictTheDataStopTheRun() throws IOException {
        TrainingRequest<HeadOptions> sound = request("1.0.0");
        Path swapped = write("swapped", DELIVERY.subList(8, 10), REFUND.subList(8, 10));
        TrainingRequest<HeadOptions> request = new TrainingRequest<>(
                sound.task(),
                sound.version(),
                sound.license(),
                sound.train(),
                sound.dev(),
                sound.test(),
                Optional.of(swapped),
                sound.notes(),
                sound.options(),
                sound.command());

        assertThatThrownBy(() -> training.run(request, directory.resolve("out")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("golden cases");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private TrainingRequest<HeadOptions> request(String version) throws IOException {
        Path notes = Files.writeString(directory.resolve("notes.md"), "Texts were written for this test.\n");
        return new TrainingRequest<>(
                "intent",
                version,
                "Apache-2.0",
                List.of(DataFile.of(write("train", REFUND.subList(0, 6), DELIVERY.subList(0, 6)))),
                List.of(DataFile.of(write("dev", REFUND.subList(6, 8), DELIVERY.subList(6, 8)))),
                List.of(DataFile.of(write("test", REFUND.subList(8, 10), DELIVERY.subList(8, 10)))),
                Optional.of(write("golden", REFUND.subList(8, 10), DELIVERY.subList(8, 10))),
                Optional.of(notes),
                HeadOptions.DEFAULT,
                "train --task intent");
    }

    private Path write(String name, List<String> refund, List<String> delivery) throws IOException {
        List<String> rows = new ArrayList<>();
        refund.forEach(text -> rows.add("{\"text\":\"%s\",\"label\":\"refund\"}".formatted(text)));
        delivery.forEach(text -> rows.add("{\"text\":\"%s\",\"label\":\"delivery\"}".formatted(text)));
        return Files.write(directory.resolve(name + ".jsonl"), rows);
    }
}
