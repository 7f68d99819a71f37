package io.lexstream.processors;

import io.lexstream.inference.TaskResult;
import io.lexstream.processors.Trials.Answer;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.DriftAlert;
import io.lexstream.schemas.ReviewRequest;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people should know beside the results: texts to label next, and drift.
 *
 * <p>Advice goes out with the result that it comes of, in the same transaction. It must not keep a result from going
 * out: what cannot be serialised now is logged and left out.
 */
final class Advice {
    private static final Logger LOG = LoggerFactory.getLogger(Advice.class);

    private final Reviews reviews;
    private final DriftMonitor drift;
    private final Topics topics;
    private final Serializer<ReviewRequest> reviewValues;
    private final Serializer<DriftAlert> driftValues;

    Advice(Reviews reviews, DriftMonitor drift, Topics topics, Map<String, Object> registryConfig) {
        this.reviews = reviews;
        this.drift = drift;
        this.topics = topics;
        this.reviewValues =
                AvroSerde.forValues(ReviewRequest.class, registryConfig).serializer();
        this.driftValues = AvroSerde.forValues(DriftAlert.class, registryConfig).serializer();
    }

    /**
     * One record to forward.
     *
     * @param sink the node that writes it
     */
    record Note(String sink, byte[] key, byte[] value) {}

    /** @param time of the record */
    List<Note> on(Answer answer, TextEvent event, Instant time) {
        List<Note> notes = new ArrayList<>();
        reviews.request(answer, event)
                .flatMap(request ->
                        note(EventTopology.REVIEW, topics.review(), request.getEventId(), request, reviewValues))
                .ifPresent(notes::add);
        if (answer.champion() instanceof TaskResult.Success champion) {
            for (DriftAlert alert : drift.observe(event.getSource(), champion, time)) {
                String key = alert.getTask() + "/" + alert.getSource();
                note(EventTopology.DRIFT, topics.drift(), key, alert, driftValues)
                        .ifPresent(notes::add);
            }
        }
        return notes;
    }

    private static <T> Optional<Note> note(String sink, String topic, String key, T value, Serializer<T> values) {
        try {
            return Optional.of(new Note(sink, key.getBytes(StandardCharsets.UTF_8), values.serialize(topic, value)));
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("topic", topic).setCause(e).log("advice left out: it cannot be serialised");
            return Optional.empty();
        }
    }
}
