package io.lexstream.trainer.service;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.InferenceException;
import io.lexstream.schemas.AvroSerde;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.schemas.UndecodableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trial on the labels that people give while it goes on: reads them, and asks both versions, which it opens for the
 * first of them. Used by one thread.
 */
final class LabelledTrial implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabelledTrial.class);
    /** Asked about in one turn, so that a turn takes no longer than a second or so. */
    private static final int TEXTS_A_TURN = 32;

    private final Deployment trial;
    private final Champions champions;
    private final LabelForm form;
    private final TrialTexts texts;
    private final AvroSerde<TrainingExample> serde;
    private final Consumer<byte[], byte[]> examples;
    private final TopicPartition partition;
    private final ModelOpener opener = new ModelOpener(InferenceSettings.DEFAULT);
    private long unread;
    private Optional<Pair> models = Optional.empty();
    /** One of the two cannot be opened, or fails on a text. */
    private boolean incomparable;

    private record Pair(TextModel champion, TextModel challenger) implements AutoCloseable {
        @Override
        public void close() {
            try (champion) {
                challenger.close();
            }
        }
    }

    private LabelledTrial(Clients clients, Champions champions, Deployment trial) {
        TrainerSettings settings = clients.settings();
        this.trial = trial;
        this.champions = champions;
        this.form = champions.form(trial.getTask());
        this.texts = new TrialTexts(form, settings.authorCap());
        this.serde = AvroSerde.forValues(TrainingExample.class, settings.clientConfig());
        this.examples = clients.reader();
        this.partition = new TopicPartition(settings.topics().examples(), 0);
    }

    static LabelledTrial open(Clients clients, Champions champions, Deployment trial) {
        LabelledTrial opened = new LabelledTrial(clients, champions, trial);
        try {
            List<TopicPartition> all = List.of(opened.partition);
            opened.examples.assign(all);
            opened.examples.seekToBeginning(all);
            opened.unread = opened.examples.endOffsets(all).getOrDefault(opened.partition, 0L);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Reads what has come, and asks both versions about some of it. */
    void step() {
        for (ConsumerRecord<byte[], byte[]> record : examples.poll(Duration.ZERO)) {
            apply(record);
        }
        if (isReading() || incomparable) {
            return;
        }
        List<String> unasked = texts.unasked(TEXTS_A_TURN);
        if (!unasked.isEmpty()) {
            try {
                ask(unasked);
            } catch (ModelRejectedException | InferenceException e) {
                incomparable = true;
                LOG.atWarn()
                        .addKeyValue("task", trial.getTask())
                        .addKeyValue("challenger", trial.getChallenger())
                        .setCause(e)
                        .log("labels cannot be compared with both versions' answers: there will be no promotion");
            }
        }
    }

    private boolean isReading() {
        return examples.position(partition) < unread;
    }

    /** Whether there is more to do at once. */
    boolean isBusy() {
        return !incomparable && (isReading() || !texts.unasked(1).isEmpty());
    }

    /** Empty as long as both are still to be asked about some text. */
    Optional<Agreement> agreement() {
        return incomparable || isBusy() ? Optional.empty() : Optional.of(texts.agreement());
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        String key = ExampleTopic.key(record);
        if (!trial.getTask().equals(ExampleTopic.taskOf(key))) {
            return;
        }
        byte @Nullable [] value = record.value();
        if (value == null) {
            texts.forget(key);
            return;
        }
        try {
            TrainingExample example = serde.deserializer().deserialize(record.topic(), value);
            if (record.timestamp() < trial.getUpdatedAt().toEpochMilli()) {
                texts.known(example);
            } else {
                texts.labelled(key, example);
            }
        } catch (UndecodableException e) {
            LOG.atWarn()
                    .addKeyValue("offset", record.offset())
                    .setCause(e)
                    .log("an example that cannot be read is skipped");
        }
    }

    private void ask(List<String> unasked) throws ModelRejectedException {
        Pair both = models.isPresent() ? models.get() : openBoth();
        models = Optional.of(both);
        List<String> champion = form.said(both.champion, "champion", unasked);
        List<String> challenger = form.said(both.challenger, "challenger", unasked);
        for (int i = 0; i < unasked.size(); i++) {
            texts.said(unasked.get(i), champion.get(i), challenger.get(i));
        }
    }

    private Pair openBoth() throws ModelRejectedException {
        TextModel champion = opener.open(fetch(trial.getChampion()));
        try {
            return new Pair(champion, opener.open(fetch(trial.getChallenger())));
        } catch (ModelRejectedException | RuntimeException e) {
            champion.close();
            throw e;
        }
    }

    private ModelPackage fetch(String version) throws ModelRejectedException {
        return champions
                .fetch(trial.getTask(), version)
                .orElseThrow(
                        () -> new ModelRejectedException(trial.getTask() + "@" + version + " is not on the topic"));
    }

    @Override
    public void close() {
        try (serde;
                examples) {
            models.ifPresent(Pair::close);
        }
    }
}
