package io.lexstream.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TaskResult;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.TrialFigures.Guard;
import io.lexstream.model.TrialFigures.Trip;
import io.lexstream.model.TrialLimits;
import io.lexstream.runtime.InferenceException;
import io.lexstream.schemas.DeploymentMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final ModelVersion CHAMPION = new ModelVersion("spam", "tiny", "1", "abc");
    private static final ModelVersion CHALLENGER = new ModelVersion("spam", "tiny", "2", "def");

    private final Trial trial =
            new Trial(CHALLENGER, DeploymentMode.CANARY, 1, new TrialLimits(10, 0.1, 3.0, 0.25, 0.9), Instant.EPOCH);

    @Test
    void aTextsTimeIsItsPartOfItsBatch() {
        Comparison text = Comparison.of(
                success(CHAMPION, "ham", 80, 16), success(CHALLENGER, "ham", 20, 2), Duration.ofMillis(5));

        assertThat(text.seconds()).isCloseTo(0.010, within(1e-9));
        assertThat(text.championSeconds()).isCloseTo(0.005, within(1e-9));
    }

    @Test
    void aTextThatTheChallengerFailedOnHasNoTime() {
        TaskResult failed = new TaskResult.Failure(CHALLENGER, new InferenceException("planted"));

        Comparison text = Comparison.of(success(CHAMPION, "ham", 80, 16), failed, Duration.ofMillis(5));

        assertThat(text.challengerFailed()).isTrue();
        assertThat(text.disagrees()).isFalse();
        assertThat(text.championSeconds()).isZero();
    }

    @Test
    void aTextThatNeitherCanReadIsNoErrorOfTheChallenger() {
        TaskResult champion = new TaskResult.Failure(CHAMPION, new InferenceException("planted"));
        TaskResult challenger = new TaskResult.Failure(CHALLENGER, new InferenceException("planted"));

        assertThat(Comparison.of(champion, challenger, Duration.ZERO).challengerFailed())
                .isFalse();
    }

    @Test
    void aSlowChallengerTripsWhenThereAreEnoughResults() {
        for (int i = 0; i < 9; i++) {
            trial.add(new Comparison(Optional.of("ham"), Optional.of("ham"), 0.04, 0.01));
        }
        assertThat(trial.trip()).isEmpty();

        trial.add(new Comparison(Optional.of("ham"), Optional.of("ham"), 0.04, 0.01));

        assertThat(trial.trip().map(Trip::guard)).contains(Guard.LATENCY);
        assertThat(trial.answers()).isFalse();
        assertThat(trial.reads(null, "any")).isFalse();
    }

    @Test
    void labelsThatShiftTrip() {
        for (int i = 0; i < 10; i++) {
            trial.add(new Comparison(Optional.of(i < 9 ? "spam" : "ham"), Optional.of(i < 3 ? "spam" : "ham"), 0, 0));
        }

        assertThat(trial.trip().map(Trip::guard)).contains(Guard.LABEL_SHIFT);
    }

    @Test
    void guardsForgetWhatLiesTooFarBackButFiguresDoNot() {
        for (int i = 0; i < 100; i++) {
            // One error in ten results is what the limit allows; it is never more within the last ten.
            trial.add(new Comparison(i % 10 == 0 ? Optional.empty() : Optional.of("ham"), Optional.of("ham"), 0, 0));
        }

        assertThat(trial.trip()).isEmpty();
        assertThat(trial.figures().results()).isEqualTo(100);
        assertThat(trial.figures().errors()).isEqualTo(10);
    }

    private static TaskResult success(ModelVersion version, String label, long millis, int batchTexts) {
        return new TaskResult.Success(
                version,
                Classification.of(List.of(label), new double[] {1}, false, 1),
                Duration.ZERO,
                Duration.ofMillis(millis),
                batchTexts);
    }
}
