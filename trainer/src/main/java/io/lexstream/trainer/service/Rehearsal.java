package io.lexstream.trainer.service;

import io.lexstream.events.Decoded;
import io.lexstream.events.EventDecoder;
import io.lexstream.events.Source;
import io.lexstream.inference.TextModel;
import io.lexstream.schemas.TextEvent;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Recent texts that nobody has labelled, with what the champion says of them: a new version shall go on saying of them
 * what the old one said (Li and Hoiem 2016, "Learning without Forgetting").
 */
final class Rehearsal {
    private static final int LEAST = 200;
    private static final int MOST = 5_000;
    private static final String SALT = "rehearsal";
    private static final Duration POLL = Duration.ofMillis(200);

    private final Clients clients;
    private final EventDecoder decoder;
    private final double weight;

    Rehearsal(Clients clients, EventDecoder decoder, double weight) {
        this.clients = clients;
        this.decoder = decoder;
        this.weight = weight;
    }

    /**
     * The rows, and where they come from.
     *
     * @param window {@code partition:from-to} of the input topic
     */
    record Sample(List<TrainingRow> rows, String window) {
        Sample {
            rows = List.copyOf(rows);
        }
    }

    /** Twice as many texts as there are examples, within bounds. */
    static int size(int examples) {
        return Math.min(MOST, Math.max(LEAST, 2 * examples));
    }

    /**
     * @param form what the champion's kind says of texts
     * @param set what people have labelled: its texts are not among the rows
     */
    Sample sample(LabelForm form, TextModel champion, TrainingSet set, Progress progress, Runnable check) {
        if (weight == 0) {
            return new Sample(List.of(), "");
        }
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> to = new HashMap<>();
        int size = size(set.train().size());
        List<TextEvent> events = new ArrayList<>(read(size, from, to, set.texts(), check));
        events.sort(Comparator.comparingDouble(event -> TextPlace.of(SALT, TextPlace.normal(event.getText()))));
        List<TextEvent> chosen = events.subList(0, Math.min(size, events.size()));
        List<TrainingRow> rows = form.rehearsed(champion, set.train(), chosen, weight, progress);
        return new Sample(rows, window(from, to));
    }

    /** The last texts of each partition, different ones, twice as many as wanted so that there is a choice. */
    private List<TextEvent> read(
            int size, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to, Set<String> known, Runnable check) {
        Map<String, TextEvent> byText = new LinkedHashMap<>();
        try (Consumer<byte[], byte[]> consumer = clients.reader()) {
            List<TopicPartition> partitions =
                    Clients.partitions(consumer, clients.settings().topics().events());
            consumer.assign(partitions);
            to.putAll(consumer.endOffsets(partitions));
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            long each = 2L * size / partitions.size() + 1;
            to.forEach((partition, end) -> {
                from.put(partition, Math.max(first.getOrDefault(partition, 0L), end - each));
                consumer.seek(partition, from.getOrDefault(partition, 0L));
            });
            while (to.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                check.run();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < to.getOrDefault(partition, 0L)) {
                        add(record, known, byText);
                    }
                }
            }
        }
        return List.copyOf(byText.values());
    }

    private void add(ConsumerRecord<byte[], byte[]> record, Set<String> known, Map<String, TextEvent> byText) {
        Source source = new Source(record.topic(), record.partition(), record.offset());
        if (decoder.decode(source, record.value()) instanceof Decoded.Event event
                && event.event().getText().length() <= LabelReader.MAX_TEXT_BYTES / 3) {
            String text = TextPlace.normal(event.event().getText());
            if (!known.contains(text)) {
                byText.put(text, event.event());
            }
        }
    }

    private static String window(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        Map<Integer, String> windows = new TreeMap<>();
        to.forEach((partition, end) ->
                windows.put(partition.partition(), partition.partition() + ":" + from.get(partition) + "-" + end));
        return String.join(" ", windows.values());
    }
}
