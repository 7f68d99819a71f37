package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.runtime.InferenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextQueueTest {
    private static final int ANY = 1_000_000;

    @Test
    void aLoneWorkerTakesAllThatWaitsInItsOrder() {
        TextQueue queue = queue(1, ANY, ANY);
        offer(queue, "first", "second", "third");

        assertThat(texts(queue.take())).containsExactly("first", "second", "third");
        assertThat(queue.size()).isZero();
    }

    @Test
    void aWindowHasNoMoreTextsThanAllowed() {
        TextQueue queue = queue(1, 2, ANY);
        offer(queue, "first", "second", "third");

        assertThat(texts(queue.take())).containsExactly("first", "second");
        assertThat(texts(queue.take())).containsExactly("third");
    }

    @Test
    void aWindowHasNoMoreTokensThanAllowedAndAtLeastOneText() {
        TextQueue queue = queue(1, ANY, 10);
        offer(queue, "a".repeat(1000), "sixteen or so ab", "sixteen or so cd");

        assertThat(texts(queue.take())).containsExactly("a".repeat(1000));
        assertThat(texts(queue.take())).containsExactly("sixteen or so ab");
        assertThat(texts(queue.take())).containsExactly("sixteen or so cd");
    }

    @Test
    void workersShareABacklog() {
        TextQueue queue = queue(2, ANY, ANY);
        for (int i = 0; i < 100; i++) {
            offer(queue, "a".repeat(400));
        }

        List<Integer> shares = new ArrayList<>();
        while (queue.size() > 0) {
            shares.add(queue.take().size());
        }

        assertThat(shares.subList(0, 3)).containsExactly(50, 25, 12);
        assertThat(shares.stream().mapToInt(share -> share).sum()).isEqualTo(100);
    }

    @Test
    void aBacklogThatIsHardlyABatchIsNotShared() {
        TextQueue queue = queue(8, ANY, ANY);
        offer(queue, "first", "second", "third");

        assertThat(queue.take()).hasSize(3);
    }

    @Test
    void textsThatNobodyWaitsForAreSkippedAndDoNotCount() {
        TextQueue queue = queue(1, 2, ANY);
        List<PendingText> offered = offer(queue, "first", "cancelled", "third", "fourth");

        offered.get(1).fail(new InferenceException("gone"));

        assertThat(texts(queue.take())).containsExactly("first", "third");
        assertThat(texts(queue.take())).containsExactly("fourth");
    }

    @Test
    void whatHasBegunGoesBeforeWhatWaitsInItsOrder() {
        TextQueue queue = queue(1, 3, ANY);
        offer(queue, "first", "second");

        queue.goOn(List.of(pending("next 1"), pending("next 2")));

        assertThat(texts(queue.take())).containsExactly("next 1", "next 2", "first");
        assertThat(texts(queue.take())).containsExactly("second");
    }

    @Test
    void whatHasBegunIsTakenByAFullQueueAndFillsIt() {
        TextQueue queue = new TextQueue(new BatchSettings(1, 1, ANY, 1024, 2));
        offer(queue, "first");

        queue.goOn(List.of(pending("next 1"), pending("next 2"), pending("next 3")));

        assertThat(queue.offer(List.of(pending("second")))).isFalse();
        assertThat(queue.size()).isEqualTo(4);
    }

    @Test
    void aClosedQueueFailsWhatHasBegun() {
        TextQueue queue = queue(1, ANY, ANY);
        PendingText next = pending("next");
        queue.close();

        queue.goOn(List.of(next));

        assertThat(next.isDone()).isTrue();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aClosedQueueGivesNothing() {
        TextQueue queue = queue(1, ANY, ANY);
        List<PendingText> offered = offer(queue, "late");

        queue.close();

        assertThat(queue.take()).isEmpty();
        assertThat(offered.get(0).isDone()).isTrue();
    }

    private static TextQueue queue(int workers, int windowTexts, int windowTokens) {
        return new TextQueue(new BatchSettings(workers, windowTexts, windowTokens, 1024, ANY));
    }

    private static List<PendingText> offer(TextQueue queue, String... texts) {
        List<PendingText> offered = new ArrayList<>();
        for (String text : texts) {
            PendingText pending = pending(text);
            assertThat(queue.offer(List.of(pending))).isTrue();
            offered.add(pending);
        }
        return offered;
    }

    private static PendingText pending(String text) {
        Step step = new Step(text, Set.of("spam"), Set.of());
        return new ChainRun(results -> List.of(step)).begin().get(0);
    }

    private static List<String> texts(List<PendingText> window) {
        return window.stream().map(PendingText::text).toList();
    }
}
