package io.lexstream.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.StageOutcome;
import io.lexstream.schemas.StageResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is counted of texts, and how sure it is. */
class FiguresTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void theOrderThatTextsComeInDoesNotShow() {
        Random random = new Random(7);
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String sentiment = List.of("negative", "neutral", "positive", "").get(random.nextInt(4));
            messages.add(message(i, sentiment.isEmpty(), sentiment, random.nextDouble(), "de"));
        }
        Figures inOrder = sum(messages);
        Figures firstHalf = sum(messages.subList(0, 100));
        Figures secondHalf = sum(messages.subList(100, 300));

        Collections.shuffle(messages, random);

        assertThat(sum(messages)).isEqualTo(inOrder);
        assertThat(secondHalf.plus(firstHalf)).isEqualTo(inOrder);
    }

    @Test
    void spamIsCountedButSaysNothing() {
        Figures figures = sum(List.of(
                message(1, true, "", 0, "en"),
                message(2, false, "negative", 0.8, ""),
                message(3, false, "positive", 0.6, "en")));

        assertThat(figures.texts()).isEqualTo(3);
        assertThat(figures.opinions()).isEqualTo(2);
        assertThat(figures.spamShare()).isEqualTo(1 / 3.0);
        assertThat(figures.confidence()).isEqualTo(0.7);
        assertThat(figures.sentiment().value()).isZero();
        assertThat(figures.negativeShare().value()).isEqualTo(0.5);
        assertThat(figures.languages()).containsEntry("en", 2L).containsEntry("", 1L);
    }

    @Test
    void fewTextsLeaveTheIntervalOpenAndManyCloseIt() {
        Estimate nothing = Estimate.meanOfSentiment(0, 0, 0);
        Estimate one = Estimate.meanOfSentiment(0, 0, 1);
        Estimate many = Estimate.meanOfSentiment(0, 0, 1000);

        assertThat(nothing).isEqualTo(new Estimate(0, -1, 1));
        assertThat(one.value()).isEqualTo(1);
        assertThat(one.low()).isLessThan(0);
        assertThat(one.high()).isEqualTo(1);
        assertThat(many.low()).isGreaterThan(0.99);
        assertThat(many.high()).isEqualTo(1);
    }

    @Test
    void theIntervalOfAMeanHoldsTheTruthInNineteenOfTwentyCases() {
        Random random = new Random(3);
        int held = 0;
        for (int trial = 0; trial < 2000; trial++) {
            int[] counts = new int[3];
            for (int i = 0; i < 40; i++) {
                double draw = random.nextDouble();
                counts[draw < 0.5 ? 0 : draw < 0.7 ? 1 : 2]++;
            }
            Estimate estimate = Estimate.meanOfSentiment(counts[0], counts[1], counts[2]);
            held += estimate.low() <= -0.2 && estimate.high() >= -0.2 ? 1 : 0;
        }

        assertThat(held / 2000.0).isBetween(0.93, 0.97);
    }

    @Test
    void theShareHasWilsonsInterval() {
        Estimate share = Estimate.share(10, 20);

        assertThat(share.value()).isEqualTo(0.5);
        assertThat(share.low()).isCloseTo(0.2993, within(1e-4)); // Newcombe 1998, method 3
        assertThat(share.high()).isCloseTo(0.7007, within(1e-4));
        assertThat(Estimate.share(0, 0)).isEqualTo(new Estimate(0, 0, 1));
    }

    @Test
    void aMessageIsWhatTheAnalysisSays() {
        Message message = Message.of(analysis(NOW).build(), NOW);

        assertThat(message)
                .isEqualTo(new Message("e-1", "mug", "shop", NOW, "The lid leaks.", false, "negative", 0.8, "de"));
    }

    @Test
    void anEventTimeThatCannotBeGivesWayToTheRecordsOwn() {
        assertThat(Message.of(analysis(NOW.plus(Duration.ofDays(400))).build(), NOW)
                        .time())
                .isEqualTo(NOW);
        assertThat(Message.of(analysis(Instant.ofEpochMilli(-5)).build(), NOW).time())
                .isEqualTo(NOW);
        assertThat(Message.of(analysis(NOW.minus(Duration.ofDays(400))).build(), NOW)
                        .time())
                .isEqualTo(NOW.minus(Duration.ofDays(400)));
    }

    @Test
    void namesThatWouldBreakKeysAreMended() {
        Message message = Message.of(
                analysis(NOW)
                        .setProduct("mug\0blue")
                        .setSource("x".repeat(999))
                        .setLanguage("klingon")
                        .build(),
                NOW);

        assertThat(message.product()).isEqualTo("mug blue");
        assertThat(message.source()).hasSize(200);
        assertThat(message.language()).isEmpty();
    }

    private static FeedbackAnalysis.Builder analysis(Instant time) {
        return FeedbackAnalysis.newBuilder()
                .setEventId("e-1")
                .setProduct("mug")
                .setSource("shop")
                .setText("Der Deckel leckt.")
                .setTranslation("The lid leaks.")
                .setLanguage("DE")
                .setEventTime(time)
                .setSentiment("negative")
                .setStages(List.of(StageResult.newBuilder()
                        .setStage("sentiment")
                        .setOutcome(StageOutcome.DONE)
                        .setScores(Map.of("negative", 0.8, "positive", 0.2))
                        .build()));
    }

    private static Message message(int id, boolean spam, String sentiment, double confidence, String language) {
        return new Message("e-" + id, "mug", "shop", NOW, "words", spam, sentiment, confidence, language);
    }

    private static Figures sum(List<Message> messages) {
        Figures sum = Figures.NONE;
        for (Message message : messages) {
            sum = sum.plus(Figures.of(message));
        }
        return sum;
    }
}
