package io.lexstream.trainer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.FitOptions;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.Summaries;
import io.lexstream.trainer.TrainingRequest;
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

/** A summarizer for complaints whose point stands at the end, on the real encoder: no lead can win here. */
class SummaryTrainingIT {
    private static final List<String> THINGS =
            List.of("lamp", "kettle", "chair", "blanket", "mixer", "radio", "carpet", "mirror", "bicycle", "printer");
    private static final List<String> DAYS = List.of("Monday", "Tuesday", "Thursday", "Friday");
    private static final List<String> WISHES = List.of(
            "Please send me a new %s without delay.",
            "I want a full refund for the broken %s.",
            "Please repair the %s or take it back.",
            "I demand that the damaged %s is replaced this week.");

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();
    private ContentStore store;
    private SummaryTraining training;

    @BeforeEach
    void prepare() {
        store = new ContentStore(directory.resolve("store"));
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        training = new SummaryTraining(
                BaseEncoders.onClassPath().named("bge-small-en-v1.5"),
                store,
                directory.resolve("features"),
                InferenceSettings.DEFAULT,
                clock,
                new Progress(lines::add, clock, Duration.ZERO));
    }

    @Test
    void whatIsWorthQuotingIsLearntAndServed() throws Exception {
        SummaryTraining.Outcome outcome = training.run(request(), directory.resolve("summary"));

        SummaryScores test = outcome.scores().get(0);
        assertThat(test.model().rouge1()).isGreaterThan(test.lead3().rouge1() + 0.2);
        assertThat(test.model().rouge1()).isLessThanOrEqualTo(test.oracle().rouge1() + 1e-9);
        ModelPackage written = ModelPackage.open(directory.resolve("summary"), store);
        assertThat(written.manifest().getGoldenCases()).hasSize(1);
        assertThat(written.manifest().getMetrics()).containsKey("data/test/rougeL");
        assertThat(Files.size(directory.resolve("summary/ranker.onnx"))).isLessThan(5_000);
        assertThat(Files.readString(directory.resolve("summary/MODEL_CARD.md")))
                .contains("# summary@1.0.0", "| data/test | 8 |", "for this test");
        try (TextModel model = new ModelOpener(InferenceSettings.DEFAULT).open(written)) {
            String text = complaint(3, 2, 1);
            ExtractedSummary served =
                    (ExtractedSummary) model.run(new TextBatch(List.of(text))).get(0);
            assertThat(served.text()).contains("Please repair the blanket or take it back.");
            assertThat(text).contains(served.text());
        }
    }

    @Test
    void theSameRequestGivesTheSamePackageWithoutEncodingAgain() throws Exception {
        training.run(request(), directory.resolve("first"));
        lines.clear();

        training.run(request(), directory.resolve("second"));

        for (String file : List.of("ranker.onnx", "config.json", "manifest.json", "MODEL_CARD.md")) {
            assertThat(directory.resolve("second").resolve(file))
                    .hasSameBinaryContentAs(directory.resolve("first").resolve(file));
        }
        assertThat(lines)
                .filteredOn(line -> line.contains("to encode"))
                .isNotEmpty()
                .allMatch(line -> line.contains(" 0 of them"));
    }

    private TrainingRequest<FitOptions> request() throws IOException {
        return new TrainingRequest<>(
                "summary",
                "1.0.0",
                "",
                List.of(write("train", 0, 24)),
                List.of(write("dev", 24, 32)),
                List.of(write("test", 32, 40)),
                Optional.of(write("golden", 5, 6).path()),
                Optional.of(Files.writeString(directory.resolve("notes.md"), "Written for this test.")),
                SummaryTraining.DEFAULTS,
                "");
    }

    /** Complaints number {@code from} to, not including, {@code to}. */
    private DataFile write(String name, int from, int to) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i < to; i++) {
            int thing = i % THINGS.size();
            int wish = i / THINGS.size();
            rows.append("{\"document\":\"%s\",\"summary\":\"%s\"}%n"
                    .formatted(
                            complaint(thing, wish, i % DAYS.size()),
                            WISHES.get(wish).formatted(THINGS.get(thing))));
        }
        Path file = directory.resolve("data").resolve(name + ".jsonl");
        Files.createDirectories(file.getParent());
        return DataFile.of(Files.writeString(file, rows.toString())).with(Summaries.COLUMNS);
    }

    private static String complaint(int thing, int wish, int day) {
        return "Hello to all of you at the shop. My order came on %s in a large box. It rained a lot on that day. "
                        .formatted(DAYS.get(day))
                + "My neighbour helped me to carry it upstairs. He has a little dog that barks all night. "
                + WISHES.get(wish).formatted(THINGS.get(thing)) + " Kind regards and have a nice weekend.";
    }
}
