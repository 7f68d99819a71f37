package io.lexstream.ops.bench;

import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.TextBatch;
import io.lexstream.model.ModelPackage;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.TextEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What one would write by hand: a consumer and a transactional producer on each core, which share the models, and cut
 * each poll into batches in some simple way. Exactly once as well, so that the comparison is fair.
 */
final class Baseline implements Contender {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLL_RECORDS = 128;
    private static final int FIXED = 32;

    /** How a poll is cut into batches. */
    enum Cut {
        /** One record at a time. */
        SINGLE,
        /** Thirty-two, as they arrive. */
        FIXED,
        /** As they arrive, up to a budget of padded tokens. */
        FIFO
    }

    private final Cut cut;
    private final BenchStage stage;
    private final Map<String, ModelPackage> packages;
    private final BatchSettings batch;

    Baseline(Cut cut, BenchStage stage, Map<String, ModelPackage> packages, BatchSettings batch) {
        this.cut = cut;
        this.stage = stage;
        this.packages = packages;
        this.batch = batch;
    }

    @Override
    public String name() {
        return cut.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public double textsPerSecond(List<String> texts) throws Exception {
        String run = stage.newRun();
        AtomicBoolean done = new AtomicBoolean();
        int threads = Math.min(batch.workers(), BenchStage.PARTITIONS);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (OpenModels models = new OpenModels(packages.values(), stage.precision());
                OutputMeter meter = new OutputMeter(stage, run)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                workers.add(pool.submit(() -> work(run, first, threads, models, done)));
            }
            double speed = meter.textsPerSecond(texts);
            done.set(true);
            for (Future<?> worker : workers) {
                worker.get(); // no session may close under a running model
            }
            return speed;
        } finally {
            done.set(true);
            pool.shutdown();
        }
    }

    private void work(String run, int first, int threads, OpenModels models, AtomicBoolean done) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = first; partition < BenchStage.PARTITIONS; partition += threads) {
            partitions.add(new TopicPartition(run + "-events", partition));
        }
        try (var consumer = consumer(run);
                var producer = producer(run + "-" + first)) {
            consumer.assign(partitions);
            producer.initTransactions();
            while (!done.get()) {
                List<ConsumerRecord<byte[], TextEvent>> records = new ArrayList<>();
                consumer.poll(POLL).forEach(records::add);
                if (!records.isEmpty()) {
                    producer.beginTransaction();
                    process(run, records, models, producer);
                    producer.sendOffsetsToTransaction(positions(consumer, partitions), consumer.groupMetadata());
                    producer.commitTransaction();
                }
            }
        }
    }

    private void process(
            String run,
            List<ConsumerRecord<byte[], TextEvent>> records,
            OpenModels models,
            KafkaProducer<byte[], byte[]> producer) {
        TextBatch all = new TextBatch(
                records.stream().map(record -> record.value().getText()).toList());
        for (List<Integer> rows : batches(models, all)) {
            models.run(all.select(rows));
        }
        for (ConsumerRecord<byte[], TextEvent> record : records) {
            for (String topic : List.of(run + "-results", run + "-other")) {
                // The commit tells of a failed send.
                Future<?> unused =
                        producer.send(new ProducerRecord<>(topic, record.partition(), record.key(), new byte[200]));
            }
        }
    }

    private List<List<Integer>> batches(OpenModels models, TextBatch all) {
        return switch (cut) {
            case SINGLE -> Batches.fixed(all.size(), 1);
            case FIXED -> Batches.fixed(all.size(), FIXED);
            case FIFO -> Batches.fifo(models.costs(all), batch.batchTokens());
        };
    }

    private static Map<TopicPartition, OffsetAndMetadata> positions(
            KafkaConsumer<byte[], TextEvent> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        partitions.forEach(partition -> positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        return positions;
    }

    private KafkaConsumer<byte[], TextEvent> consumer(String run) {
        Map<String, Object> config = new HashMap<>(stage.clientConfig());
        config.put("group.id", "bench-" + run);
        config.put("auto.offset.reset", "earliest");
        config.put("enable.auto.commit", false);
        config.put("max.poll.records", POLL_RECORDS);
        return new KafkaConsumer<>(
                config,
                new ByteArrayDeserializer(),
                AvroSerde.forValues(TextEvent.class, stage.clientConfig()).deserializer());
    }

    private KafkaProducer<byte[], byte[]> producer(String id) {
        Map<String, Object> config = new HashMap<>(stage.clientConfig());
        config.put("transactional.id", "bench-" + id);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
