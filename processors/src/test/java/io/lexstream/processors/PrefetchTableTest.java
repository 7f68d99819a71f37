package io.lexstream.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.events.Source;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.EngineObserver;
import io.lexstream.inference.ModelSlot;
import io.lexstream.model.ModelVersion;
import io.lexstream.processors.PrefetchTable.Prefetched;
import io.lexstream.schemas.TextEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrefetchTableTest {
    private static final int MAX_TOKENS = 30;

    private final CountDownLatch models = new CountDownLatch(1);
    private final FakeModel model = new FakeModel();
    private final ModelSlot slot = new ModelSlot("spam");
    private final BatchEngine engine;
    private final PrefetchTable table;

    PrefetchTableTest() {
        model.block(models);
        slot.swap(new ModelVersion("spam", "tiny", "1", "abc"), model);
        engine = new BatchEngine(new BatchSettings(1, 1, 100, 100, 20), Map.of("spam", slot), EngineObserver.NONE);
        table = new PrefetchTable(engine, MAX_TOKENS);
    }

    @AfterEach
    void close() {
        models.countDown();
        engine.close();
        slot.close();
    }

    @Test
    void anEventIsTakenOnce() {
        prefetch(table, at(0, 5), event("hello"));

        assertThat(table.take(at(0, 5)).map(taken -> taken.event().getText())).contains("hello");
        assertThat(table.take(at(0, 5))).isEmpty();
        assertThat(table.take(at(1, 5))).isEmpty();
    }

    @Test
    void aFullTableTakesNoMoreUntilSomethingIsTaken() {
        for (int offset = 0; offset < 20; offset++) {
            prefetch(table, at(0, offset), event("hello"));
        }
        assertThat(table.size()).isEqualTo(MAX_TOKENS / 3);

        table.take(at(0, 0));
        prefetch(table, at(0, 20), event("hello"));

        assertThat(table.take(at(0, 20))).isPresent();
        assertThat(table.size()).as("what lay before the taken offset").isZero();
    }

    @Test
    void aPartitionThatIsGivenUpFreesItsPlaceAndItsWork() throws Exception {
        for (int offset = 0; offset < 20; offset++) {
            prefetch(table, at(offset % 2, offset), event("hello"));
        }

        table.drop(new TopicPartition("text.events", 0));
        table.drop(new TopicPartition("text.events", 1));

        assertThat(table.size()).isZero();
        models.countDown();
        prefetch(table, at(0, 30), event("hello"));
        Prefetched later = table.take(at(0, 30)).orElseThrow();
        assertThat(later.results().get(5, TimeUnit.SECONDS)).containsKey("spam");
        assertThat(model.texts()).as("this one, and the one that was running").isLessThanOrEqualTo(2);
    }

    @Test
    void whatARewindBringsAgainReplacesWhatWasPolledBefore() {
        prefetch(table, at(0, 1), event("old 1"));
        prefetch(table, at(0, 2), event("old 2"));
        prefetch(table, at(0, 1), event("new 1"));

        Prefetched taken = table.take(at(0, 1)).orElseThrow();

        assertThat(taken.event().getText()).isEqualTo("new 1");
        assertThat(taken.results()).isNotCancelled();
        assertThat(table.size()).isZero();
    }

    @Test
    void aFullEngineLeavesTheEventToTheProcessor() {
        PrefetchTable large = new PrefetchTable(engine, 1_000_000);
        for (int offset = 0; offset < 200; offset++) {
            prefetch(large, at(0, offset), event("hello"));
        }

        assertThat(large.size()).isBetween(20, 30);
    }

    private void prefetch(PrefetchTable into, Source source, TextEvent event) {
        into.prefetch(source, event, engine.everyTask(event.getText(), Set.of()));
    }

    private static Source at(int partition, long offset) {
        return new Source("text.events", partition, offset);
    }

    private static TextEvent event(String text) {
        return TextEvent.newBuilder().setId("e").setText(text).build();
    }
}
