package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.Precision;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.inference.TextOutput;
import io.lexstream.inference.WrittenText;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.Summaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From texts with summaries to a package that writes summaries, and the package in the hands of those who serve it. */
class WrittenSummaryIT {
    private static final List<String> TEXTS = List.of(
            "The coffee was cold when it came, and nobody in the whole place seemed to care about that at all.",
            "We waited two hours for the delivery. It came at night, and the parcel had been opened by somebody.",
            "The waiter was very kind to our children and found a chair for each of them, even on a busy evening.",
            "My kettle arrived in three pieces. The shop sent another one the next day and did not ask for it back.");
    private static final List<String> SUMMARIES =
            List.of("Cold coffee", "Late delivery, opened", "Kind waiter", "Broken kettle replaced");

    private final BaseEncoder base = BaseEncoders.onClassPath().all().get(0);

    @TempDir
    Path directory;

    @Test
    void behindAFrozenEncoderAPackageOfADecoderWritesSummaries() throws Exception {
        ModelPackage trained = train(Optional.of(new Pretrained(base, 2, Optional.empty())), Optional.empty(), 150);

        assertThat(written(trained, Precision.FP32)).isEqualTo(SUMMARIES);
        assertThat(written(trained, Precision.INT8)).isEqualTo(SUMMARIES);
        assertThat(trained.manifest().getKind()).isEqualTo("summary");
        assertThat(trained.entry(FileRole.GRAPH).map(ModelFile::getSha256))
                .as("the encoder as it was")
                .contains(base.graph().getSha256());
        assertThat(trained.entry(FileRole.ADAPTER)).isEmpty();
        assertThat(directory.resolve("out150").resolve(base.graph().getPath())).doesNotExist();
        assertThat(trained.manifest().getGoldenCases())
                .extracting(golden -> golden.getLabel())
                .isEqualTo(SUMMARIES);
        assertThat(Files.readString(directory.resolve("out150/MODEL_CARD.md")))
                .contains("behind a pretrained encoder: " + base.name() + ", its first 2 blocks, frozen")
                .contains("**Cold coffee**");
    }

    @Test
    void aPackageIsGoneOnFrom() throws Exception {
        Optional<Pretrained> frozen = Optional.of(new Pretrained(base, 2, Optional.empty()));
        ModelPackage first = train(frozen, Optional.empty(), 151);

        ModelPackage second = train(frozen, Optional.of(first), 3);

        assertThat(written(second, Precision.FP32))
                .as("three steps would not learn that")
                .isEqualTo(SUMMARIES);
    }

    @Test
    void withLowRankMatricesTheEncoderIsNamedAndTheAdapterTravels() throws Exception {
        Pretrained.Lora lora = new Pretrained.Lora(4, 2, 1);

        ModelPackage trained = train(Optional.of(new Pretrained(base, 2, Optional.of(lora))), Optional.empty(), 152);

        assertThat(written(trained, Precision.FP32)).isEqualTo(SUMMARIES);
        assertThat(trained.entry(FileRole.ADAPTER)).isPresent();
        assertThat(trained.entry(FileRole.GRAPH).map(ModelFile::getSha256))
                .contains(base.graph().getSha256());
    }

    @Test
    void fromScratchLongTextsAreCut() throws Exception {
        ModelPackage trained = train(Optional.empty(), Optional.empty(), 300);

        assertThat(written(trained, Precision.FP32)).isEqualTo(SUMMARIES);
        assertThat(trained.entry(FileRole.TARGET_TOKENIZER)).isEmpty();
    }

    private List<String> written(ModelPackage from, Precision precision) throws Exception {
        try (TextModel model = new ModelOpener(new InferenceSettings(1, 1)).openToMeasure(from, precision)) {
            List<String> texts = new ArrayList<>();
            for (TextOutput output : model.run(new TextBatch(TEXTS))) {
                texts.add(((WrittenText) output).text());
            }
            return texts;
        }
    }

    /** Development texts are the training ones with a word more, as no text is in both. */
    private ModelPackage train(Optional<Pretrained> pretrained, Optional<ModelPackage> from, int steps)
            throws Exception {
        Path rows = file("train.jsonl", "");
        Path dev = file("dev.jsonl", " Well.");
        ScratchRequest request = new ScratchRequest(
                "summary",
                "1",
                "Apache-2.0",
                new Purpose.Summary(Summaries.COLUMNS),
                List.of(PairSource.parse(rows.toString())),
                List.of(PairSource.parse(dev.toString())),
                List.of(),
                new ScratchRequest.Sizes(420, 64, 2, 128, 1, 1, 48, false),
                pretrained,
                true,
                1,
                Optional.empty(),
                from,
                Optional.of(rows.toString()),
                Optional.empty(),
                "test");
        Seq2SeqOptions options =
                new Seq2SeqOptions(400, 3e-3, 20, 0.3, 0.1, 0.01, 1, 3, 1, Duration.ofDays(1), steps, 7);
        ScratchTraining training = new ScratchTraining(
                new ContentStore(directory.resolve("store")), 1, Clock.systemUTC(), Progress.silent(), () -> false);
        return training.run(request, options, directory.resolve("out" + steps), directory.resolve("work"))
                .modelPackage();
    }

    private Path file(String name, String more) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            lines.add("{\"document\":\"%s%s\",\"summary\":\"%s\"}".formatted(TEXTS.get(i), more, SUMMARIES.get(i)));
        }
        return Files.write(directory.resolve(name), lines);
    }
}
