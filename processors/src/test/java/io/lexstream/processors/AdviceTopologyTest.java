package io.lexstream.processors;

import static io.lexstream.processors.TopologyUnderTest.CHAMPION;
import static io.lexstream.processors.TopologyUnderTest.NOW;
import static io.lexstream.processors.TopologyUnderTest.limits;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.model.TrainingProfile;
import io.lexstream.model.TrainingProfile.Observation;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.DriftAlert;
import io.lexstream.schemas.ReviewReason;
import io.lexstream.schemas.ReviewRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Review requests and drift alerts, seen from the topics. */
class AdviceTopologyTest {
    private static final double[] UNSURE_HAM = {0.55, 0.45};
    private static final double[] UNSURE_SPAM = {0.45, 0.55};
    private static final DriftSettings NO_DRIFT = new DriftSettings(0, 0.25);
    private static final ReviewSettings NO_REVIEW = new ReviewSettings(0.6, 0);

    private final List<TopologyUnderTest> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(TopologyUnderTest::close);
    }

    @Test
    void anUnsureResultIsAskedAbout() throws Exception {
        TopologyUnderTest under = reviewing(6);
        under.champion.answering(text -> UNSURE_SPAM);

        under.send("customer-1", "is this one spam", "app");

        TestRecord<byte[], byte[]> record = under.records("text.review").get(0);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("text.events-0-0");
        under.elapse(Duration.ofMinutes(1));
        under.send("customer-1", "quite another question", "app");
        ReviewRequest request = reviews(under).get(0);
        assertThat(request.getEventId()).isEqualTo("text.events-0-1");
        assertThat(request.getText()).isEqualTo("quite another question");
        assertThat(request.getSource()).isEqualTo("app");
        assertThat(request.getLabel()).isEqualTo("spam");
        assertThat(request.getConfidence()).isEqualTo(0.55);
        assertThat(request.getReason()).isEqualTo(ReviewReason.LOW_CONFIDENCE);
        assertThat(request.getChallengerLabel()).isEmpty();
        assertThat(request.getModel()).isEqualTo(CHAMPION.toRef());
        assertThat(request.getCreatedAt()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void aSureResultIsNotAskedAbout() throws Exception {
        TopologyUnderTest under = reviewing(6);

        under.send("k", "hello");

        assertThat(reviews(under)).isEmpty();
    }

    @Test
    void aDisagreementIsAskedAboutHoweverSureBothAre() throws Exception {
        TopologyUnderTest under = reviewing(6);
        under.challenger.answering(text -> new double[] {0.01, 0.99});
        under.tries(DeploymentMode.SHADOW, 1, limits(1_000));

        under.send("k", "hello");

        ReviewRequest request = reviews(under).get(0);
        assertThat(request.getReason()).isEqualTo(ReviewReason.DISAGREEMENT);
        assertThat(request.getLabel()).isEqualTo("ham");
        assertThat(request.getChallengerLabel()).isEqualTo("spam");
    }

    @Test
    void noMoreThanTheRateIsAskedAndTheNextMinuteAllowsMore() throws Exception {
        TopologyUnderTest under = reviewing(6);
        under.champion.answering(text -> text.contains("odd") ? UNSURE_SPAM : UNSURE_HAM);

        sendDifferentTexts(under, 0, 100);
        assertThat(reviews(under)).hasSize(6);

        under.elapse(Duration.ofSeconds(20));
        sendDifferentTexts(under, 100, 200);
        assertThat(reviews(under)).hasSize(2);
    }

    @Test
    void oneLabelIsAtMostHalfOfWhatIsAsked() throws Exception {
        TopologyUnderTest under = reviewing(6);
        under.champion.answering(text -> UNSURE_SPAM);

        sendDifferentTexts(under, 0, 100);

        assertThat(reviews(under)).hasSize(3);
    }

    @Test
    void textsThatSayNearlyTheSameAreAskedAboutOnce() throws Exception {
        TopologyUnderTest under = reviewing(20);
        under.champion.answering(text -> UNSURE_SPAM);

        under.send("a", "Your parcel number 17 is waiting at the post office");
        under.send("b", "your PARCEL number 17 is waiting at the post office!!");
        under.send("c", "Your parcel number 18 is waiting at the post office");
        under.send("d", "Lunch on Friday?");

        assertThat(reviews(under))
                .extracting(ReviewRequest::getText)
                .containsExactly("Your parcel number 17 is waiting at the post office", "Lunch on Friday?");
    }

    @Test
    void aRateOfZeroAsksNothing() throws Exception {
        TopologyUnderTest under = reviewing(0);
        under.champion.answering(text -> UNSURE_SPAM);

        sendDifferentTexts(under, 0, 10);

        assertThat(reviews(under)).isEmpty();
    }

    @Test
    void adviceThatCannotBeSerialisedCostsNoResult() throws Exception {
        TopologyUnderTest under = reviewing(6);
        under.send("k", "hello");
        under.registry.goAway();
        under.champion.answering(text -> UNSURE_SPAM);

        assertThat(under.send("k", "is this one spam")).isPresent();

        assertThat(under.records("text.review")).isEmpty();
    }

    @Test
    void textsLikeTheTrainingTextsRaiseNoAlert() throws Exception {
        TopologyUnderTest under = measuringDrift(100);
        under.championWasTrainedOn(profile());

        for (int i = 0; i < 200; i++) {
            under.send("k", i % 2 == 0 ? "a short" : "a rather longer text", "app");
        }

        assertThat(drift(under)).isEmpty();
        assertThat(psi(under, "app", "labels")).isLessThan(0.05);
        assertThat(psi(under, "app", "tokens")).isLessThan(0.05);
    }

    @Test
    void aShiftRaisesOneAlertAWindowAndMeasure() throws Exception {
        TopologyUnderTest under = measuringDrift(100);
        under.championWasTrainedOn(profile());

        for (int i = 0; i < 200; i++) {
            under.send("k", "????????????????????????????????????????????", "app");
        }

        List<DriftAlert> alerts = drift(under);
        assertThat(alerts)
                .extracting(DriftAlert::getMeasure)
                .containsExactlyInAnyOrder("labels", "tokens", "unknown", "labels", "tokens", "unknown");
        DriftAlert alert = alerts.get(0);
        assertThat(alert.getTask()).isEqualTo("spam");
        assertThat(alert.getSource()).isEqualTo("app");
        assertThat(alert.getTexts()).isEqualTo(100);
        assertThat(alert.getPsi()).isGreaterThan(0.25);
        assertThat(alert.getThreshold()).isEqualTo(0.25);
        assertThat(alert.getModel()).isEqualTo(CHAMPION.toRef());
        assertThat(alert.getWindowStart()).isEqualTo(NOW);
    }

    @Test
    void sourcesAreMeasuredEachForItself() throws Exception {
        TopologyUnderTest under = measuringDrift(100);
        under.championWasTrainedOn(profile());

        for (int i = 0; i < 200; i++) {
            under.send("k", i % 2 == 0 ? "a short" : "a rather longer text", "app");
            under.send("k", "a rather longer text", "mail");
        }

        assertThat(drift(under)).extracting(DriftAlert::getSource).containsOnly("mail");
    }

    @Test
    void sourcesBeyondTheFirstSixteenAreOne() throws Exception {
        TopologyUnderTest under = measuringDrift(30);
        under.championWasTrainedOn(profile());

        for (int i = 0; i < 60; i++) {
            under.send("k", "a rather longer text", "source-" + i);
        }

        assertThat(drift(under)).extracting(DriftAlert::getSource).containsOnly("other");
    }

    @Test
    void aVersionWithoutProfileIsNotMeasured() throws Exception {
        TopologyUnderTest under = measuringDrift(10);

        for (int i = 0; i < 20; i++) {
            under.send("k", "a rather longer text", "app");
        }

        assertThat(drift(under)).isEmpty();
        assertThat(under.meters.find("lexstream.drift.psi").gauge()).isNull();
    }

    private TopologyUnderTest reviewing(int perMinute) throws IOException {
        return open(new ReviewSettings(0.6, perMinute), NO_DRIFT);
    }

    private TopologyUnderTest measuringDrift(int windowTexts) throws IOException {
        return open(NO_REVIEW, new DriftSettings(windowTexts, 0.25));
    }

    private TopologyUnderTest open(ReviewSettings reviews, DriftSettings drift) throws IOException {
        TopologyUnderTest under = new TopologyUnderTest(reviews, drift);
        opened.add(under);
        return under;
    }

    /** Of a training set whose texts are half "a short", half "a rather longer text". */
    private static TrainingProfile profile() {
        List<Observation> texts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            texts.add(new Observation("ham", 0.75, "a short".length(), 0));
            texts.add(new Observation("spam", 0.75, "a rather longer text".length(), 0));
        }
        return TrainingProfile.of(texts);
    }

    private static void sendDifferentTexts(TopologyUnderTest under, int from, int to) {
        for (int i = from; i < to; i++) {
            under.send("k" + i, "number" + i + " thing" + i + (i % 2 == 0 ? " even" : " odd") + " word" + i);
        }
    }

    private static List<ReviewRequest> reviews(TopologyUnderTest under) {
        return under.read("text.review", ReviewRequest.class);
    }

    private static List<DriftAlert> drift(TopologyUnderTest under) {
        return under.read("model.drift", DriftAlert.class);
    }

    private static double psi(TopologyUnderTest under, String source, String measure) {
        return under.meters
                .get("lexstream.drift.psi")
                .tags("task", "spam", "source", source, "measure", measure)
                .gauge()
                .value();
    }
}
