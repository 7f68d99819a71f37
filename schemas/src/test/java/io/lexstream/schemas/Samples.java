package io.lexstream.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One record of every type that travels on a topic, with every field off its default. */
final class Samples {
    private static final Instant WHEN = Instant.ofEpochMilli(1_767_225_600_123L);

    private Samples() {}

    static List<SpecificRecord> all() {
        return List.of(
                event(),
                result(),
                translation(),
                summary(),
                analysis(),
                label(),
                manifest(),
                deployment(),
                status(),
                example(),
                run(),
                reviewRequest(),
                driftAlert(),
                feedbackStats(),
                feedbackAlert());
    }

    static TextEvent event() {
        return TextEvent.newBuilder()
                .setId("e-1")
                .setText("Schöne Tasse 👩‍🍳, kam heil an \u0000 \uFFFD")
                .setSource("shop")
                .setLanguage("de")
                .setEventTime(WHEN)
                .setAttributes(Map.of("product", "mug", "stars", "5"))
                .build();
    }

    static ModelRef model() {
        return new ModelRef("starter", "7", "ab".repeat(32));
    }

    static ClassificationResult result() {
        return ClassificationResult.newBuilder()
                .setEventId("e-1")
                .setTask("sentiment")
                .setModel(model())
                .setLabel("positive")
                .setScores(Map.of("positive", 0.75, "neutral", 0.2, "negative", 0.05))
                .setTruncated(true)
                .setWindows(3)
                .setEventTime(WHEN)
                .setQueueMicros(1_200)
                .setInferenceMicros(-1)
                .build();
    }

    static TranslationResult translation() {
        return TranslationResult.newBuilder()
                .setEventId("e-1")
                .setTask("translation")
                .setModel(model())
                .setStatus(TranslationStatus.TRANSLATED)
                .setTranslation("Nice cup 👩‍🍳, arrived in one piece")
                .setSourceLanguage("de")
                .setTargetLanguage("en")
                .setLanguageConfidence(0.98)
                .setScore(-0.25)
                .setTruncated(true)
                .setDeadlineReached(true)
                .setGeneratedTokens(9)
                .setEventTime(WHEN)
                .setQueueMicros(1_200)
                .setInferenceMicros(3_400)
                .build();
    }

    static SummaryResult summary() {
        return SummaryResult.newBuilder()
                .setEventId("e-1")
                .setTask("summary")
                .setModel(model())
                .setMethod(SummaryMethod.EXTRACTIVE)
                .setSummary("It came in one piece.")
                .setSourceSentences(7)
                .setSummarySentences(1)
                .setScore(0.5)
                .setTruncated(true)
                .setDeadlineReached(true)
                .setGeneratedTokens(1)
                .setEventTime(WHEN)
                .setQueueMicros(1_200)
                .setInferenceMicros(3_400)
                .build();
    }

    static FeedbackAnalysis analysis() {
        return FeedbackAnalysis.newBuilder()
                .setEventId("e-1")
                .setProduct("cup")
                .setSource("shop")
                .setText("Schöne Tasse 👩‍🍳")
                .setEventTime(WHEN)
                .setLanguage("de")
                .setLanguageConfidence(0.98)
                .setTranslation("Nice cup 👩‍🍳")
                .setSummary("Nice cup.")
                .setSpam(true)
                .setSentiment("positive")
                .setStages(List.of(StageResult.newBuilder()
                        .setStage("sentiment")
                        .setOutcome(StageOutcome.DONE)
                        .setReason("-")
                        .setModel(model())
                        .setLabel("positive")
                        .setScores(Map.of("positive", 0.75, "negative", 0.25))
                        .setOnTranslation(true)
                        .setTruncated(true)
                        .setQueueMicros(1_200)
                        .setInferenceMicros(3_400)
                        .build()))
                .setTopic("text.events")
                .setPartition(3)
                .setOffset(12)
                .build();
    }

    static TextLabel label() {
        return TextLabel.newBuilder()
                .setEventId("e-1")
                .setTask("sentiment")
                .setKind(LabelKind.STAR_RATING)
                .setValue("positive")
                .setStars(5)
                .setText("again")
                .setAuthor("ann")
                .setSource("desk")
                .setCreatedAt(WHEN)
                .build();
    }

    static ModelManifest manifest() {
        ModelFile file = new ModelFile(FileRole.GRAPH, "model.onnx", "cd".repeat(32), 9L << 32, List.of(0L, 5L, -1L));
        return ModelManifest.newBuilder()
                .setTask("sentiment")
                .setName("starter")
                .setVersion("7")
                .setCreatedAt(WHEN)
                .setParent("6")
                .setLabels(List.of("negative", "neutral", "positive"))
                .setPooling("cls-mean")
                .setMaxTokens(256)
                .setFiles(List.of(file))
                .setGoldenCases(List.of(new GoldenCase("fine", "positive", Map.of("positive", 0.9))))
                .setGoldenTolerance(0.01)
                .setMetrics(Map.of("sst2/dev/accuracy", 0.84))
                .setProvenance(Map.of("seed", "7"))
                .setLicense("Apache-2.0")
                .setSignature("sig")
                .setPrecisions(List.of("fp32", "int8"))
                .build();
    }

    static Deployment deployment() {
        return Deployment.newBuilder()
                .setTask("spam")
                .setChampion("7")
                .setChallenger("8")
                .setMode(DeploymentMode.CANARY)
                .setShare(0.25)
                .setHistory(List.of("6", "5"))
                .setReason("trial")
                .setUpdatedAt(WHEN)
                .setSignature("sig")
                .build();
    }

    static ModelStatus status() {
        return ModelStatus.newBuilder()
                .setInstance("host-1")
                .setTask("spam")
                .setState(ModelState.REFUSED)
                .setModel(model())
                .setServing("6")
                .setReason("NaN")
                .setSwapMillis(12)
                .setTrial(Map.of("results", 10.0))
                .setUpdatedAt(WHEN)
                .build();
    }

    static TrainingExample example() {
        return TrainingExample.newBuilder()
                .setEventId("e-1")
                .setTask("sentiment")
                .setText("Schöne Tasse")
                .setLabel("positive")
                .setWeight(0.5)
                .setAuthor("ann")
                .setSource("desk")
                .setLanguage("de")
                .setTextSource("shop")
                .setCreatedAt(WHEN)
                .build();
    }

    static TrainerRun run() {
        return TrainerRun.newBuilder()
                .setRunId("sentiment-20260101-000000")
                .setTask("sentiment")
                .setState(RunState.REJECTED)
                .setTrigger("labels")
                .setInstance("host-1")
                .setParent("7")
                .setVersion("8")
                .setMethod("lora")
                .setExamples(300)
                .setHeldOut(60)
                .setEpochs(3)
                .setMetrics(Map.of("loss", 0.2))
                .setReasons(List.of("worse on short texts"))
                .setStartedAt(WHEN)
                .setUpdatedAt(WHEN)
                .build();
    }

    static ReviewRequest reviewRequest() {
        return ReviewRequest.newBuilder()
                .setEventId("e-1")
                .setTask("sentiment")
                .setText("na ja")
                .setSource("shop")
                .setLabel("neutral")
                .setConfidence(0.4)
                .setReason(ReviewReason.DISAGREEMENT)
                .setChallengerLabel("negative")
                .setModel(model())
                .setCreatedAt(WHEN)
                .build();
    }

    static FeedbackStats feedbackStats() {
        return FeedbackStats.newBuilder()
                .setProduct("mug")
                .setScope(StatsScope.SOURCE)
                .setSource("shop")
                .setWindowStart(WHEN)
                .setWindowEnd(WHEN.plusSeconds(60))
                .setClosed(true)
                .setAsOf(WHEN.plusSeconds(660))
                .setTexts(9)
                .setSpam(2)
                .setSpamShare(0.22)
                .setDuplicates(1)
                .setLate(3)
                .setSentiments(Map.of("negative", 4L, "positive", 3L))
                .setSentimentMean(-0.14)
                .setSentimentMeanLow(-0.6)
                .setSentimentMeanHigh(0.4)
                .setNegativeShare(0.57)
                .setNegativeShareLow(0.25)
                .setNegativeShareHigh(0.84)
                .setConfidence(0.8)
                .setLanguages(Map.of("de", 5L, "", 4L))
                .setDetailed(true)
                .setSampled(7)
                .setThemes(List.of(
                        new FeedbackTheme(4, List.of(new FeedbackQuote("e-1", "The lid leaks.", "negative", 2)))))
                .setRisingTerms(List.of(new RisingTerm("lid leaks", 4, 0, 2.5)))
                .build();
    }

    static FeedbackAlert feedbackAlert() {
        return FeedbackAlert.newBuilder()
                .setProduct("mug")
                .setMeasure(AlertMeasure.NEGATIVE_SHARE)
                .setState(AlertState.RAISED)
                .setSince(WHEN)
                .setWindowStart(WHEN)
                .setWindowEnd(WHEN.plusSeconds(3600))
                .setTexts(30)
                .setNegative(28)
                .setObserved(0.93)
                .setExpected(0.3)
                .setProbability(1e-9)
                .setQuotes(List.of(new AlertQuote("e-1", "The lid leaks.", 5)))
                .setLink("/products/mug")
                .build();
    }

    static DriftAlert driftAlert() {
        return DriftAlert.newBuilder()
                .setTask("sentiment")
                .setSource("shop")
                .setMeasure("tokens")
                .setPsi(0.3)
                .setThreshold(0.25)
                .setTexts(1000)
                .setModel(model())
                .setWindowStart(WHEN)
                .setWindowEnd(WHEN.plusSeconds(3600))
                .build();
    }
}
