package io.lexstream.inference;

import static io.lexstream.inference.FakeModel.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ModelSlotTest {
    private final FakeModel first = new FakeModel("first");
    private final FakeModel second = new FakeModel("second");

    @Test
    void aReplacedModelStaysOpenUntilItsLastBorrowerReturns() {
        try (ModelSlot slot = new ModelSlot("spam")) {
            slot.swap(version("spam", "1"), first);
            ModelSlot.Lease early = slot.borrow();
            ModelSlot.Lease late = slot.borrow();

            slot.swap(version("spam", "2"), second);

            early.close();
            assertThat(first.closed).isFalse();
            late.close();
            assertThat(first.closed).isTrue();
            assertThat(second.closed).isFalse();
        }
        assertThat(second.closed).isTrue();
    }

    @Test
    void aLeaseKeepsItsVersionWhileAnotherOneServes() {
        try (ModelSlot slot = new ModelSlot("spam")) {
            slot.swap(version("spam", "1"), first);
            try (ModelSlot.Lease lease = slot.borrow()) {
                slot.swap(version("spam", "2"), second);

                assertThat(lease.version()).isEqualTo(version("spam", "1"));
                assertThat(lease.model()).isSameAs(first);
                assertThat(slot.serving()).contains(version("spam", "2"));
            }
        }
    }

    @Test
    void aModelThatNobodyBorrowedClosesWithItsReplacement() {
        try (ModelSlot slot = new ModelSlot("spam")) {
            slot.swap(version("spam", "1"), first);

            slot.swap(version("spam", "2"), second);

            assertThat(first.closed).isTrue();
        }
    }

    @Test
    void aSlotWithoutAModelLendsNothing() {
        try (ModelSlot slot = new ModelSlot("spam")) {
            assertThat(slot.serving()).isEmpty();
            assertThatIllegalStateException().isThrownBy(slot::borrow).withMessageContaining("spam");
        }
    }

    @Test
    void aLeaseThatIsGivenBackTwiceCountsOnce() {
        try (ModelSlot slot = new ModelSlot("spam")) {
            slot.swap(version("spam", "1"), first);
            ModelSlot.Lease lease = slot.borrow();

            lease.close();
            lease.close();

            assertThat(first.closed).isFalse();
        }
    }

    @Test
    void aModelThatArrivesAfterTheSlotWasClosedIsClosedToo() {
        ModelSlot slot = new ModelSlot("spam");
        slot.close();

        slot.swap(version("spam", "1"), first);

        assertThat(first.closed).isTrue();
        assertThat(slot.serving()).isEmpty();
    }

    @Test
    void noBatchRunsOnAClosedModelWhileVersionsKeepArriving() throws Exception {
        List<FakeModel> models = new ArrayList<>();
        var readers = Executors.newFixedThreadPool(4);
        try (ModelSlot slot = new ModelSlot("spam")) {
            slot.swap(version("spam", "0"), first);
            List<Future<?>> reading = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reading.add(readers.submit(() -> borrowAndRun(slot, 5_000)));
            }

            for (int i = 0; i < 2_000; i++) {
                FakeModel next = new FakeModel("next").withoutRecording();
                models.add(next);
                slot.swap(version("spam", "next"), next);
            }

            for (Future<?> reader : reading) {
                reader.get(); // fails if the fake was run when closed, or closed twice
            }
        } finally {
            readers.shutdownNow();
        }
        assertThat(models).allMatch(model -> model.closed.get());
    }

    private static void borrowAndRun(ModelSlot slot, int times) {
        for (int i = 0; i < times; i++) {
            try (ModelSlot.Lease lease = slot.borrow()) {
                lease.model().run(new TextBatch(List.of("x")));
            }
        }
    }
}
