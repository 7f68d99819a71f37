package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.HeadGraph;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.GoldenCase;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.TrustedRecords;
import io.lexstream.summary.LengthBudget;
import io.lexstream.summary.SentenceFeatures;
import io.lexstream.summary.SummarySettings;
import io.lexstream.summary.SummarySettingsJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ranker that likes "good" on a tiny encoder that knows only that word and "bad". */
class ExtractiveSummarizerTest {
    private static final SummarySettings SETTINGS = new SummarySettings(
            SentenceFeatures.VERSION, 0, new LengthBudget(0.5, 30, 50, 3, 0), new LengthBudget(0.5, 30, 60, 3, 0));
    private static final String REVIEW =
            "Bad the box was. The lamp itself is good. Bad was the bill. A box is a box. Nothing else to say.";
    private static final String TALK =
            "Ann: Bad day. The box is wet.\nBob: Oh? Mine is good and bad, but the lamp good.\nAnn: Bad luck for me.";

    @TempDir
    Path directory;

    private final ModelOpener opener = new ModelOpener(InferenceSettings.DEFAULT);

    @BeforeEach
    void trustRecords() {
        TrustedRecords.allow();
    }

    @Test
    void theBestSentencesThatFitAreQuotedVerbatim() throws Exception {
        try (TextModel model = opener.open(write(manifest(), SETTINGS, 5))) {
            ExtractedSummary summary = run(model, REVIEW).get(0);

            assertThat(summary.sentences()).contains(1).hasSizeLessThan(4);
            assertThat(summary.text()).contains("The lamp itself is good.").hasSizeLessThan(75);
            assertThat(summary.ofSentences()).isEqualTo(5);
            assertThat(summary.whole()).isFalse();
            assertThat(summary.tokens()).isEqualTo(model.lengths(new TextBatch(List.of(REVIEW)))[0]);
        }
    }

    @Test
    void whoSpeaksIsQuotedToo() throws Exception {
        try (TextModel model = opener.open(write(manifest(), SETTINGS, 5))) {
            assertThat(run(model, TALK).get(0).text()).isEqualTo("Bob: Oh? Mine is good and bad, but the lamp good.");
        }
    }

    @Test
    void aShortTextIsItsOwnSummaryAndSaysSo() throws Exception {
        try (TextModel model = opener.open(write(manifest(), SETTINGS, 5))) {
            ExtractedSummary summary = run(model, "  Bad. Good.\n").get(0);

            assertThat(summary).isEqualTo(new ExtractedSummary("Bad. Good.", List.of(), 2, true, false, 0));
        }
    }

    @Test
    void textsInABatchAreSummarisedAsOneByOne() throws Exception {
        List<String> texts = List.of(REVIEW, "Good.", TALK, REVIEW + " " + REVIEW, "\uD83D\uDE00");
        try (TextModel model = opener.open(write(manifest(), SETTINGS, 5))) {
            List<ExtractedSummary> alone = new ArrayList<>();
            texts.forEach(text -> alone.addAll(run(model, text)));

            assertThat(run(model, texts.toArray(String[]::new))).isEqualTo(alone);
        }
    }

    @Test
    void nastyTextsHaveABoundedSummaryAndSayWhatWasNotRead() throws Exception {
        try (TextModel model = opener.open(write(manifest(), SETTINGS, 5))) {
            ExtractedSummary noSpace = run(model, "x".repeat(100_000)).get(0);
            ExtractedSummary faces = run(model, "\uD83D\uDE00".repeat(5000)).get(0);
            ExtractedSummary endless = run(model, "good ".repeat(20_000)).get(0);

            assertThat(noSpace.text()).hasSizeLessThanOrEqualTo(400);
            assertThat(noSpace.truncated()).isTrue();
            assertThat(faces.text()).isEqualTo("\uD83D\uDE00".repeat(15));
            assertThat(faces.truncated()).isTrue();
            assertThat(faces.whole()).isFalse();
            assertThat(endless.text()).hasSizeLessThanOrEqualTo(400).startsWith("good");
        }
    }

    @Test
    void aTextThatIsQuotedAsAWholeSaysSo() throws Exception {
        LengthBudget nearly = new LengthBudget(0.9, 10, 400, 9, 0);
        SummarySettings settings = new SummarySettings(SentenceFeatures.VERSION, 0, nearly, nearly);
        try (TextModel model = opener.open(write(manifest(), settings, 5))) {
            ExtractedSummary summary =
                    run(model, " The lamp is good.\n\nThe box was bad. ").get(0);

            assertThat(summary.whole()).isTrue();
            assertThat(summary.sentences()).isEmpty();
            assertThat(summary.text()).isEqualTo("The lamp is good.\n\nThe box was bad.");
        }
    }

    @Test
    void theSummaryOfAGoldenTextMustBeTheOneItWas() throws Exception {
        ModelManifest right = manifest();
        String summary;
        try (TextModel model = opener.open(write(right, SETTINGS, 5))) {
            summary = run(model, REVIEW).get(0).text();
        }
        right.setGoldenCases(List.of(new GoldenCase(REVIEW, summary, Map.of())));
        ModelManifest wrong = manifest();
        wrong.setGoldenCases(List.of(new GoldenCase(REVIEW, "Bad the box was.", Map.of())));

        opener.open(write(right, SETTINGS, 5)).close();
        assertThatThrownBy(() -> opener.open(write(wrong, SETTINGS, 5)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("golden case 0: sentences [")
                .hasMessageNotContaining("box");
    }

    @Test
    void aRankerForOtherFeaturesIsRefusedAndTheEncoderClosed() throws Exception {
        SummarySettings other = new SummarySettings(99, 0, SETTINGS.prose(), SETTINGS.dialogue());

        assertThatThrownBy(() -> opener.open(write(manifest(), other, 5)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("features of version 99");
        assertThat(opener.openEncoders()).isZero();
    }

    @Test
    void aRankerOfAnotherWidthOrThatGivesNoNumbersIsRefused() throws Exception {
        byte[] narrow = HeadGraph.linear(new float[3][1], new float[1]);

        assertThatThrownBy(() -> opener.open(write(manifest(), SETTINGS, narrow)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("the model does not run");
        assertThatThrownBy(() -> opener.open(write(manifest(), SETTINGS, Float.NaN)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("a logit is NaN");
        assertThat(opener.openEncoders()).isZero();
    }

    @Test
    void settingsThatAreNoneAreRefused() throws Exception {
        byte[] config = "{\"novelty\": 2}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> opener.open(write(manifest(), config, ranker(5))))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("no summary settings");
    }

    @Test
    void aPackageWithoutSettingsIsRefused() {
        assertThatThrownBy(() -> write(manifest(), new byte[0], ranker(5)))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("no file has the role CONFIG");
    }

    @Test
    void tasksWithOneEncoderShareIt() throws Exception {
        ModelManifest other = manifest();
        other.setTask("digest");
        try (TextModel one = opener.open(write(manifest(), SETTINGS, 5));
                TextModel two = opener.open(write(other, SETTINGS, -5))) {
            assertThat(opener.openEncoders()).isEqualTo(1);
            assertThat(run(one, REVIEW)).isNotEqualTo(run(two, REVIEW));
        }
        assertThat(opener.openEncoders()).isZero();
    }

    private static List<ExtractedSummary> run(TextModel model, String... texts) {
        List<ExtractedSummary> summaries = new ArrayList<>();
        model.run(new TextBatch(List.of(texts))).forEach(output -> summaries.add((ExtractedSummary) output));
        return summaries;
    }

    private static ModelManifest manifest() {
        return ModelManifest.newBuilder()
                .setTask("summary")
                .setName("tiny")
                .setVersion("1")
                .setKind("summary")
                .setPooling("mean")
                .setMaxTokens(16)
                .setFiles(List.of())
                .build();
    }

    /** Likes a sentence the more, the more of its embedding is "good". */
    private static byte[] ranker(float weight) {
        float[][] weights = new float[SentenceFeatures.dimensions(2)][1];
        weights[0][0] = weight; // in prose
        weights[weights.length / 2][0] = weight; // in dialogues
        return HeadGraph.linear(weights, new float[1]);
    }

    private ModelPackage write(ModelManifest manifest, SummarySettings settings, float weight) throws Exception {
        return write(manifest, settings, ranker(weight));
    }

    private ModelPackage write(ModelManifest manifest, SummarySettings settings, byte[] ranker) throws Exception {
        return write(manifest, SummarySettingsJson.write(settings), ranker);
    }

    private ModelPackage write(ModelManifest manifest, byte[] config, byte[] ranker) throws Exception {
        Path encoder = TinyModels.encoder(directory.resolve("encoder.onnx"));
        Path tokenizer = TinyModels.tokenizer(directory.resolve("tokenizer.json"));
        PackageWriter writer = new PackageWriter(manifest)
                .add(FileRole.GRAPH, "encoder.onnx", Files.readAllBytes(encoder))
                .add(FileRole.TOKENIZER, "tokenizer.json", Files.readAllBytes(tokenizer))
                .add(FileRole.HEAD, "ranker.onnx", ranker);
        if (config.length > 0) {
            writer.add(FileRole.CONFIG, "config.json", config);
        }
        Path place = Files.createTempDirectory(directory, "package");
        return writer.write(place, new ContentStore(directory.resolve("store")));
    }
}
