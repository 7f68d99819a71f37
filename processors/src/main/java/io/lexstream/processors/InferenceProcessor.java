package io.lexstream.processors;

import io.lexstream.events.DeadLetter;
import io.lexstream.events.Decoded;
import io.lexstream.events.EventDecoder;
import io.lexstream.events.Source;
import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.TaskResult;
import io.lexstream.pipeline.Course;
import io.lexstream.pipeline.StageState;
import io.lexstream.processors.Advice.Note;
import io.lexstream.processors.PrefetchTable.Prefetched;
import io.lexstream.processors.Trials.Answer;
import io.lexstream.runtime.InferenceException;
import io.lexstream.schemas.FeedbackAnalysis;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns one record into one result a task and, with a pipeline, one analysis; or into dead letters.
 *
 * <p>Everything that comes of a record is forwarded in the call that Streams counts it by, so there is nothing that a
 * commit, a rebalance or a crash could lose. What is wrong with us and not with the record is thrown: Kafka redelivers.
 */
final class InferenceProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final Flow flow;

    /**
     * What the processors of all partitions share.
     *
     * @param timeout longest wait for one text's results
     * @param maxOutputBytes largest record that is forwarded
     */
    record Flow(
            Topics topics,
            EventDecoder decoder,
            PrefetchTable table,
            BatchEngine engine,
            EventChains chains,
            Trials trials,
            Optional<Analyses> analyses,
            Serializer<SpecificRecord> serializer,
            Advice advice,
            ProcessorMetrics metrics,
            Duration timeout,
            int maxOutputBytes) {}

    InferenceProcessor(Flow flow) {
        this.flow = flow;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Source source = source();
        Optional<Prefetched> prefetched = flow.table.take(source);
        flow.metrics.eventTaken(prefetched.isPresent());
        if (prefetched.isPresent()) {
            forwardResults(record, source, prefetched.get());
            return;
        }
        Decoded decoded = flow.decoder.decode(source, record.value());
        if (decoded instanceof Decoded.Event event) {
            forwardResults(record, source, submit(record, event.event()));
        } else if (decoded instanceof Decoded.Bad bad) {
            forward(record, DeadLetters.undecoded(source, bad));
        }
    }

    @Override
    public void close() {
        flow.table.drop(
                new TopicPartition(flow.topics.events(), context().taskId().partition()));
    }

    private Source source() {
        RecordMetadata metadata = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record without topic, partition and offset"));
        return new Source(metadata.topic(), metadata.partition(), metadata.offset());
    }

    private Prefetched submit(Record<byte[], byte[]> record, TextEvent event) {
        try {
            return new Prefetched(event, flow.engine.submit(flow.chains.of(record.key(), event)));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void forwardResults(Record<byte[], byte[]> record, Source source, Prefetched prefetched) {
        TextEvent event = prefetched.event();
        Map<String, TaskResult> results = await(source, prefetched);
        for (Answer answer : flow.trials.answers(results, record.key(), event.getId())) {
            if (answer.answer() instanceof TaskResult.Success success) {
                forward(record, source, event, answer.task(), success);
            } else if (answer.answer() instanceof TaskResult.Failure failure && !isStage(answer.task())) {
                forward(record, DeadLetters.failed(source, answer.task(), failure));
            }
            for (Note note : flow.advice.on(answer, event, Instant.ofEpochMilli(record.timestamp()))) {
                forward(record, answer.task(), note);
            }
        }
        flow.analyses.ifPresent(analyses -> forwardAnalysis(record, source, event, analyses, results));
    }

    /** A stage that fails does not make a dead letter: what the others say goes out, and a replay would double it. */
    private boolean isStage(String task) {
        return flow.analyses.filter(analyses -> analyses.tell(task)).isPresent();
    }

    private void forwardAnalysis(
            Record<byte[], byte[]> record,
            Source source,
            TextEvent event,
            Analyses analyses,
            Map<String, TaskResult> results) {
        Course course = analyses.course(event, results);
        Optional<StageState.Failed> failure = course.wholeFailure();
        if (failure.isPresent()) {
            forward(record, DeadLetters.noStageDone(source, failure.get()));
            return;
        }
        FeedbackAnalysis analysis = analyses.of(event, record, source, course);
        Record<byte[], byte[]> output =
                record.withValue(flow.serializer.serialize(flow.topics.feedbackAnalysis(), analysis));
        long bytes = RecordSize.of(output);
        if (bytes > flow.maxOutputBytes) {
            forward(record, DeadLetters.analysisTooLarge(source, bytes, flow.maxOutputBytes));
            return;
        }
        context().forward(output, EventTopology.ANALYSIS);
        flow.metrics.analysisForwarded(analysis);
    }

    private Map<String, TaskResult> await(Source source, Prefetched prefetched) {
        try {
            return prefetched.results().get(flow.timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            prefetched.results().cancel(false);
            throw new InferenceException(
                    source + ": no result within " + flow.timeout.toMillis() + " ms (inference.timeout.ms)", e);
        } catch (ExecutionException e) {
            throw new InferenceException(source + ": inference failed", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void forward(
            Record<byte[], byte[]> record, Source source, TextEvent event, String task, TaskResult.Success success) {
        SpecificRecord result = Results.of(event, Instant.ofEpochMilli(record.timestamp()), task, success);
        byte[] value = flow.serializer.serialize(flow.topics.results(task), result);
        Record<byte[], byte[]> output = record.withValue(value);
        long bytes = RecordSize.of(output);
        if (bytes > flow.maxOutputBytes) {
            forward(record, DeadLetters.resultTooLarge(source, task, success, bytes, flow.maxOutputBytes));
            return;
        }
        context().forward(output, EventTopology.sink(task));
        flow.metrics.resultForwarded(task);
    }

    private void forward(Record<byte[], byte[]> record, String task, Note note) {
        Record<byte[], byte[]> output =
                record.withKey(note.key()).withValue(note.value()).withHeaders(new RecordHeaders());
        if (RecordSize.of(output) > flow.maxOutputBytes) {
            return; // a text that no record can hold is not what people should read
        }
        context().forward(output, note.sink());
        if (note.sink().equals(EventTopology.REVIEW)) {
            flow.metrics.reviewForwarded(task);
        }
    }

    private void forward(Record<byte[], byte[]> record, DeadLetter letter) {
        context().forward(DeadLetters.record(letter, record, flow.maxOutputBytes), EventTopology.DEAD_LETTERS);
        flow.metrics.deadLetterForwarded(letter);
    }
}
