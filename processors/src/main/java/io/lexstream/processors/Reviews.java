package io.lexstream.processors;

import io.lexstream.inference.Classification;
import io.lexstream.inference.TaskResult;
import io.lexstream.inference.TextOutput;
import io.lexstream.processors.Trials.Answer;
import io.lexstream.schemas.ReviewReason;
import io.lexstream.schemas.ReviewRequest;
import io.lexstream.schemas.TextEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Picks the texts that a person's label would teach most: those that the serving version is unsure of, or that the
 * version on trial sees otherwise.
 *
 * <p>Few of them, and no two alike: each task has so many a minute, one label at most half of them, and a text with
 * nearly the words of one of the last hundred is passed over. What was asked is remembered in this process only.
 */
final class Reviews {
    private static final int REMEMBERED = 100;
    private static final double NEARLY_THE_SAME = 0.7;

    private final ReviewSettings settings;
    private final Clock clock;
    private final Map<String, Asked> byTask = new ConcurrentHashMap<>();

    Reviews(ReviewSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Optional<ReviewRequest> request(Answer answer, TextEvent event) {
        if (settings.off()
                || !(answer.champion() instanceof TaskResult.Success champion)
                || !(champion.output() instanceof Classification said)) {
            return Optional.empty();
        }
        Optional<String> other = answer.challenger().map(TextOutput::verdict);
        boolean disagree = other.isPresent() && !other.get().equals(said.label());
        if (!disagree && said.confidence() >= settings.belowConfidence()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Asked asked = byTask.computeIfAbsent(answer.task(), task -> new Asked(now));
        if (!asked.admits(said.label(), event.getText(), now)) {
            return Optional.empty();
        }
        return Optional.of(ReviewRequest.newBuilder()
                .setEventId(event.getId())
                .setTask(answer.task())
                .setText(event.getText())
                .setSource(event.getSource())
                .setLabel(said.label())
                .setConfidence(said.confidence())
                .setReason(disagree ? ReviewReason.DISAGREEMENT : ReviewReason.LOW_CONFIDENCE)
                .setChallengerLabel(other.orElse(""))
                .setModel(champion.model().toRef())
                .setCreatedAt(now)
                .build());
    }

    /** What was asked of one task lately. Stream threads share it. */
    private final class Asked {
        private final TokenBucket all;
        private final Map<String, TokenBucket> byLabel = new HashMap<>();
        private final Deque<WordSet> last = new ArrayDeque<>();

        Asked(Instant now) {
            all = new TokenBucket(settings.perMinute(), now);
        }

        /** Whether this text may be asked; counts it if so. */
        synchronized boolean admits(String label, String text, Instant now) {
            if (!all.hasToken(now)) {
                return false;
            }
            TokenBucket half = byLabel.computeIfAbsent(label, name -> new TokenBucket(settings.perMinute() / 2.0, now));
            if (!half.hasToken(now)) {
                return false;
            }
            WordSet words = WordSet.of(text);
            if (last.stream().anyMatch(asked -> asked.similarity(words) >= NEARLY_THE_SAME)) {
                return false;
            }
            all.take();
            half.take();
            last.addLast(words);
            if (last.size() > REMEMBERED) {
                last.removeFirst();
            }
            return true;
        }
    }
}
