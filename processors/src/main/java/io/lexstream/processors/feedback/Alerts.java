package io.lexstream.processors.feedback;

import io.lexstream.feedback.Alarm;
import io.lexstream.feedback.Figures;
import io.lexstream.feedback.History;
import io.lexstream.feedback.Message;
import io.lexstream.feedback.SampledText;
import io.lexstream.feedback.Watchdog;
import io.lexstream.feedback.WindowThemes;
import io.lexstream.schemas.AlertMeasure;
import io.lexstream.schemas.AlertQuote;
import io.lexstream.schemas.AlertState;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.FeedbackAlert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Judges each product's closed windows, and writes to feedback.alerts what begins and ends. */
final class Alerts {
    private static final int MOST_QUOTES = 5;

    private final Duration size;
    private final Watchdog watchdog;
    private final FeedbackMetrics metrics;
    private final String topic;
    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<Bytes, byte[]> histories;
    private final AvroSerde<FeedbackAlert> serde;

    Alerts(FeedbackFlow flow, ProcessorContext<byte[], byte[]> context) {
        this.size = flow.alerts().window();
        this.watchdog = new Watchdog(flow.alerts());
        this.metrics = flow.metrics();
        this.topic = flow.topics().feedbackAlerts();
        this.context = context;
        this.histories = context.getStateStore(FeedbackStores.HISTORY);
        this.serde = AvroSerde.forValues(FeedbackAlert.class, flow.clientConfig());
    }

    boolean judges(Duration window) {
        return window.equals(size);
    }

    /** Whether an alert is on after this window. */
    boolean judge(WindowKey key, Figures figures, List<SampledText> sample, long timestamp) {
        Bytes product = Bytes.wrap(key.product().getBytes(StandardCharsets.UTF_8));
        byte[] known = histories.get(product);
        History history = known == null ? new History() : History.of(known);
        List<Alarm> alarms = watchdog.judge(history, key.start().toEpochMilli(), Alarm.Closed.of(figures));
        histories.put(product, history.toBytes());
        for (Alarm alarm : alarms) {
            FeedbackAlert alert = alert(key.at(alarm.window()), alarm, sample);
            String name = WindowKey.encoded(key.product()) + "/" + alarm.measure();
            context.forward(
                    new Record<>(
                            name.getBytes(StandardCharsets.UTF_8),
                            serde.serializer().serialize(topic, alert),
                            timestamp),
                    FeedbackTopology.ALERTS);
            metrics.alert(alarm);
        }
        return history.isAlerted();
    }

    private FeedbackAlert alert(WindowKey key, Alarm alarm, List<SampledText> sample) {
        return FeedbackAlert.newBuilder()
                .setProduct(key.product())
                .setMeasure(alarm.measure())
                .setState(alarm.raised() ? AlertState.RAISED : AlertState.CLEARED)
                .setSince(alarm.since())
                .setWindowStart(key.start())
                .setWindowEnd(key.end())
                .setTexts(alarm.figures().texts())
                .setNegative(alarm.figures().negative())
                .setObserved(alarm.observed())
                .setExpected(alarm.expected())
                .setProbability(alarm.probability())
                .setQuotes(alarm.raised() ? quotes(alarm.measure(), sample) : List.of())
                .setLink("/products/" + WindowKey.encoded(key.product()) + "?window=" + key.size() + "&at="
                        + key.start())
                .build();
    }

    private static List<AlertQuote> quotes(AlertMeasure measure, List<SampledText> sample) {
        List<SampledText> cause = measure == AlertMeasure.NEGATIVE_SHARE
                ? sample.stream()
                        .filter(text -> text.sentiment().equals(Message.NEGATIVE))
                        .toList()
                : sample;
        return WindowThemes.quotes(cause, MOST_QUOTES);
    }
}
