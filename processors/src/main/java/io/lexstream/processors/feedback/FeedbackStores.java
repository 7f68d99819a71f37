package io.lexstream.processors.feedback;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state of the windows: RocksDB on disk, a changelog on Kafka. All but one hold what belongs to one product's key.
 */
public final class FeedbackStores {
    /** {@link WindowKey} -> {@code FeedbackStats} as it was last written to the topic: what queries read. */
    public static final String PUBLISHED = "feedback-published";

    /** Product -> {@code History}. */
    public static final String HISTORY = "feedback-history";

    /** {@link WindowKey} -> {@link WindowState}. */
    static final String WINDOWS = "feedback-windows";

    /** {@link WindowKey} and priority -> {@code SampledText}. */
    static final String SAMPLES = "feedback-samples";

    /** Product and event id -> event time. */
    static final String SEEN = "feedback-seen";

    /** What is to be done when, see {@link Agenda}. */
    static final String AGENDA = "feedback-agenda";

    /** Partition of feedback.analysis -> how far its time is, as the windows know. */
    static final String CHANNELS = "feedback-channels";

    /** The same, as the partition itself knows. */
    static final String WATERMARK = "feedback-watermark";

    private final Function<String, KeyValueBytesStoreSupplier> kind;

    /** @param kind what makes a store of a name */
    FeedbackStores(Function<String, KeyValueBytesStoreSupplier> kind) {
        this.kind = kind;
    }

    List<StoreBuilder<?>> ofWindows() {
        return List.of(
                cached(PUBLISHED),
                cached(HISTORY),
                cached(WINDOWS),
                plain(SAMPLES),
                plain(SEEN),
                cached(AGENDA),
                cached(CHANNELS));
    }

    StoreBuilder<KeyValueStore<Bytes, byte[]>> ofChannel() {
        return cached(WATERMARK);
    }

    /** What changes often is written to disk and to Kafka once a commit. */
    private StoreBuilder<KeyValueStore<Bytes, byte[]>> cached(String name) {
        return plain(name).withCachingEnabled();
    }

    private StoreBuilder<KeyValueStore<Bytes, byte[]>> plain(String name) {
        return Stores.keyValueStoreBuilder(kind.apply(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }
}
