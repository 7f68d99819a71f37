package io.lexstream.trainer.service;

import io.lexstream.events.DeadLetter;
import io.lexstream.events.Decoded;
import io.lexstream.events.EventDecoder;
import io.lexstream.events.Reason;
import io.lexstream.events.Source;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.service.LabelReader.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins labels with their texts: each label becomes one example or one dead letter, in the transaction that commits its
 * offset. Those that wait for a text are named in the offset's metadata, so that whoever takes over takes them, too.
 */
final class LabelJoin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabelJoin.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PARTITIONS_EVERY = Duration.ofMinutes(1);
    /** A dead letter must fit into a record with its headers. */
    private static final int LETTER_BYTES = 768 * 1024;

    private final TrainerSettings settings;
    private final Consumer<byte[], byte[]> labels;
    private final EventSearch search;
    private final LabelReader reader;
    private final LeaderWriter writer;
    private final Clock clock;
    private final WaitingLabels waiting = new WaitingLabels();
    private final Map<TopicPartition, SortedSet<Long>> unfinished = new HashMap<>();
    private final Map<TopicPartition, Long> doneBefore = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private Instant partitionsKnownUntil = Instant.EPOCH;
    private boolean moved;

    private LabelJoin(
            TrainerSettings settings,
            Consumer<byte[], byte[]> labels,
            EventSearch search,
            LabelReader reader,
            LeaderWriter writer,
            Clock clock) {
        this.settings = settings;
        this.labels = labels;
        this.search = search;
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
    }

    /** Goes on where the last trainer has committed. */
    static LabelJoin open(Clients clients, LabelReader reader, EventDecoder decoder, LeaderWriter writer, Clock clock) {
        TrainerSettings settings = clients.settings();
        String group = settings.applicationId() + "-trainer-labels";
        EventSearch search = new EventSearch(clients.reader(), settings.topics().events(), decoder, clock);
        LabelJoin join = new LabelJoin(settings, clients.reader(group), search, reader, writer, clock);
        try {
            join.takeOver();
            return join;
        } catch (RuntimeException e) {
            join.close();
            throw e;
        }
    }

    /** Takes the partitions that there are, and of those that are new what was committed. */
    private void takeOver() {
        List<TopicPartition> partitions =
                Clients.partitions(labels, settings.topics().labels());
        Set<TopicPartition> added = new HashSet<>(partitions);
        added.removeAll(labels.assignment());
        labels.assign(partitions); // the others stay where they are
        labels.committed(added).forEach((partition, offset) -> {
            if (offset != null) {
                SortedSet<Long> left = WaitingOffsets.parse(offset.metadata());
                committed.put(partition, new OffsetAndMetadata(offset.offset(), offset.metadata()));
                doneBefore.put(partition, offset.offset());
                unfinished.put(partition, left);
                labels.seek(partition, left.isEmpty() ? offset.offset() : left.first());
            }
        });
        partitionsKnownUntil = clock.instant().plus(PARTITIONS_EVERY);
    }

    /** What comes of one step. */
    private record Outcome(List<TrainingExample> examples, List<Letter> letters) {}

    private record Letter(@Nullable String key, byte[] value, DeadLetter why) {}

    /** Whether a search is under way, or the last step has brought labels. */
    boolean isBusy() {
        return search.isRunning() || moved;
    }

    /** Reads on, and writes what has come of it. */
    void step() {
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
        Instant now = clock.instant();
        if (now.isAfter(partitionsKnownUntil)) {
            takeOver();
        }
        read(outcome, now);
        if (!waiting.isEmpty()) {
            find(outcome, now);
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
        moved = !offsets.equals(committed);
        if (moved) {
            write(outcome, offsets);
        }
    }

    private void read(Outcome outcome, Instant now) {
        labels.resume(labels.paused());
        labels.pause(labels.assignment().stream().filter(waiting::isFull).toList());
        for (ConsumerRecord<byte[], byte[]> record : labels.poll(POLL)) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            boolean isDone = record.offset() < doneBefore.getOrDefault(partition, 0L)
                    && !unfinished
                            .getOrDefault(partition, WaitingOffsets.parse(""))
                            .contains(record.offset());
            if (isDone) {
                continue;
            }
            Reading reading = reader.read(record, now);
            if (reading instanceof Reading.Pending pending) {
                waiting.add(pending.label());
            } else {
                byte @Nullable [] key = record.key();
                String name = key == null ? null : new String(key, StandardCharsets.UTF_8);
                take(reading, source(record), name, record.value(), outcome);
            }
        }
    }

    private void find(Outcome outcome, Instant now) {
        if (search.isIdle()) {
            if (waiting.anyUnsearched()) {
                search.beginAt(waiting.events(), waiting.oldestUnsearched(now).minus(settings.lookback()));
            } else {
                search.beginAtLastEnd(waiting.events());
            }
        }
        if (!search.isRunning()) {
            return;
        }
        for (TextEvent event : search.step()) {
            for (PendingLabel label : waiting.take(event.getId())) {
                take(reader.join(label, event), label.source(), event.getId(), label.value(), outcome);
            }
        }
        if (!search.isRunning()) {
            waiting.searched(search.events());
            for (PendingLabel label : waiting.takeExpired(now, settings.labelWait())) {
                Decoded.Bad why =
                        new Decoded.Bad(Reason.UNKNOWN_EVENT, "no event of that id came within train.label.wait");
                String id = label.label().getEventId();
                take(new Reading.Bad(label.label().getTask(), why), label.source(), id, label.value(), outcome);
            }
        }
    }

    private static void take(
            Reading reading, Source source, @Nullable String key, byte @Nullable [] value, Outcome outcome) {
        if (reading instanceof Reading.Example example) {
            outcome.examples.add(example.example());
        } else if (reading instanceof Reading.Bad bad) {
            byte[] original = value == null ? new byte[0] : value;
            outcome.letters.add(new Letter(key, original, DeadLetter.of(source, "label", bad.task(), bad.why())));
        }
    }

    /** Up to where labels are read, and which before that still wait. */
    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : labels.assignment()) {
            long position = labels.position(partition);
            long end = Math.max(position, doneBefore.getOrDefault(partition, 0L));
            SortedSet<Long> left = waiting.offsets(partition);
            // What was left over and is not read again yet.
            left.addAll(
                    unfinished.getOrDefault(partition, WaitingOffsets.parse("")).tailSet(position));
            OffsetAndMetadata before = committed.get(partition);
            if (before != null || end > 0) {
                offsets.put(partition, new OffsetAndMetadata(end, WaitingOffsets.format(left)));
            }
        }
        return offsets;
    }

    private void write(Outcome outcome, Map<TopicPartition, OffsetAndMetadata> offsets) {
        writer.write(step -> {
            outcome.examples.forEach(step::example);
            outcome.letters.forEach(letter -> {
                boolean fits = letter.value.length <= LETTER_BYTES;
                List<String> cut = fits ? List.of() : List.of("value of " + letter.value.length + " bytes");
                step.deadLetter(
                        letter.key,
                        fits ? letter.value : Arrays.copyOf(letter.value, LETTER_BYTES),
                        letter.why.headers(new RecordHeaders(), cut));
            });
            step.offsets(offsets, labels.groupMetadata());
        });
        committed.putAll(offsets);
        for (Letter letter : outcome.letters) {
            LOG.atWarn()
                    .addKeyValue("label", letter.why.source())
                    .addKeyValue("task", letter.why.task())
                    .addKeyValue("reason", letter.why.reason().header())
                    .log("a label cannot be learnt from; it is a dead letter");
        }
    }

    private static Source source(ConsumerRecord<byte[], byte[]> record) {
        return new Source(record.topic(), record.partition(), record.offset());
    }

    @Override
    public void close() {
        try (search) {
            labels.close();
        }
    }
}
