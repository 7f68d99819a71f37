package io.lexstream.model;

import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;

/** One Kafka transaction over the model topics: all of it becomes visible, or nothing. */
final class ModelTransaction implements AutoCloseable {
    private static final int COMMIT_ATTEMPTS = 3;

    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> values;
    private final Topics topics;
    private final List<Future<RecordMetadata>> records = new ArrayList<>();
    private boolean ended;

    private ModelTransaction(Producer<String, byte[]> producer, Serializer<SpecificRecord> values, Topics topics) {
        this.producer = producer;
        this.values = values;
        this.topics = topics;
    }

    static ModelTransaction begin(Producer<String, byte[]> producer, Serializer<SpecificRecord> values, Topics topics) {
        producer.beginTransaction();
        return new ModelTransaction(producer, values, topics);
    }

    /** Sends a file in chunks; returns their offsets. */
    List<Long> send(ModelFile file, Path content) throws IOException {
        MessageDigest digest = Sha256.start();
        List<Future<RecordMetadata>> chunks = new ArrayList<>();
        try (InputStream in = Files.newInputStream(content)) {
            byte[] chunk = in.readNBytes(BlobTopic.CHUNK_BYTES);
            while (chunk.length > 0) {
                digest.update(chunk);
                String key = BlobTopic.key(file.getSha256(), chunks.size());
                chunks.add(producer.send(new ProducerRecord<>(topics.modelBlobs(), 0, key, chunk)));
                chunk = in.readNBytes(BlobTopic.CHUNK_BYTES);
            }
        }
        if (!Sha256.finish(digest).equals(file.getSha256())) {
            throw new ModelPublishException("file " + file.getPath() + " has changed since the package was opened");
        }
        producer.flush();
        List<Long> offsets = new ArrayList<>(chunks.size());
        for (Future<RecordMetadata> chunk : chunks) {
            offsets.add(offset(chunk));
        }
        return offsets;
    }

    /** Sends a manifest or a deployment. */
    void put(String key, SpecificRecord value) {
        byte[] bytes = values.serialize(topics.models(), value);
        records.add(producer.send(new ProducerRecord<>(topics.models(), 0, key, bytes)));
    }

    /** Returns the offset that a reader of the models topic must reach to have seen the transaction. */
    long commit() {
        producer.flush();
        long end = 0;
        for (Future<RecordMetadata> record : records) {
            end = Math.max(end, offset(record) + 1);
        }
        for (int attempt = 1; !ended; attempt++) {
            try {
                producer.commitTransaction();
                ended = true;
            } catch (TimeoutException e) {
                if (attempt == COMMIT_ATTEMPTS) {
                    ended = true; // one way or the other: after this error it cannot be aborted
                    throw new ModelPublishException(
                            "no answer to the commit: it may or may not have happened; the same command again is safe",
                            e);
                }
            }
        }
        return end;
    }

    /** Aborts what was not committed. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            producer.abortTransaction();
        }
    }

    private static long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }
}
