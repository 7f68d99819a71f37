package io.lexstream.trainer.service;

import ai.onnxruntime.OrtEnvironment;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.CandidateRequest;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.WeightedTexts;
import io.lexstream.trainer.gate.AuditReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The script of one attempt: rows, training, verdict, release. Runs on a thread of its own. */
final class TrainingRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

    private final Clients clients;
    private final TrainerSettings settings;
    private final TrainerParts parts;
    private final ContentStore store;
    private final RunDirectory directory;
    private final RunControl control;
    private final Progress progress;

    TrainingRun(
            Clients clients,
            TrainerParts parts,
            ContentStore store,
            RunDirectory directory,
            RunControl control,
            Clock clock) {
        this.clients = clients;
        this.settings = clients.settings();
        this.parts = parts;
        this.store = store;
        this.directory = directory;
        this.control = control;
        this.progress = new Progress(this::say, clock, PROGRESS_EVERY);
    }

    @Override
    public void run() {
        try {
            directory.countAttempt(); // before anything can fail
            try (Champions champions = Champions.open(settings, store)) {
                attempt(champions);
            }
            directory.delete();
        } catch (CancellationException e) {
            LOG.atInfo().addKeyValue("run", runId()).log("run called off; it can go on from its checkpoint");
        } catch (KafkaException e) {
            // Perhaps another trainer has taken over; if not, the service meets the same trouble and sees to it.
            LOG.atWarn().addKeyValue("run", runId()).setCause(e).log("run stopped; it can go on from its checkpoint");
        } catch (IOException | ModelRejectedException | RuntimeException e) {
            fail(e);
        }
    }

    private void attempt(Champions champions) throws IOException, ModelRejectedException {
        if (champions.isPublished(task(), control.run().getVersion())) {
            control.ended(RunState.PUBLISHED, List.of("published; its trainer went away right after"), Map.of());
            return;
        }
        ModelPackage parent = parent(champions);
        LabelForm form = LabelForm.of(parent.manifest());
        if (form.untrainable().isPresent()) {
            control.ended(RunState.REJECTED, List.of(form.untrainable().get()), Map.of());
            return;
        }
        if (!directory.isSaved()) {
            try {
                directory.save(collect(form, parent));
            } catch (LabelsRefusedException e) {
                control.ended(RunState.REJECTED, e.reasons(), e.metrics());
                return;
            }
        }
        RunData data = directory.load();
        int rows = data.labels().size() + data.rehearsal().size();
        control.started(rows, data.heldOut().size());
        if (isOutdated(champions, Map.of())) {
            return;
        }
        ModelPackage candidate = parts.trainer().train(request(parent, data), directory.freshPackage(), progress);
        Judge.HeldOut heldOut = new Judge.HeldOut(data.heldOut(), trusted(form, parent));
        Judge.Verdict verdict = parts.judge().judge(candidate, parent, heldOut, progress);
        control.check();
        if (!verdict.passed()) {
            control.ended(RunState.REJECTED, verdict.reasons(), verdict.metrics());
        } else if (!isOutdated(champions, verdict.metrics())) {
            String why = "run " + runId() + ": " + String.join("; ", verdict.reasons());
            String became = parts.release().publish(described(candidate, verdict, heldOut, data), why);
            List<String> reasons =
                    Stream.concat(Stream.of(became), verdict.reasons().stream()).toList();
            control.ended(RunState.PUBLISHED, reasons, verdict.metrics());
        }
    }

    /** Whether another version serves than the one that the run began from; then the run ends. */
    private boolean isOutdated(Champions champions, Map<String, Double> metrics) {
        String parent = control.run().getParent();
        String now = champions.version(task()).orElse("none");
        if (now.equals(parent)) {
            return false;
        }
        String reason = "the run began from " + parent + ", but now " + now + " serves";
        control.ended(RunState.REJECTED, List.of(reason), metrics);
        return true;
    }

    private ModelPackage parent(Champions champions) throws IOException, ModelRejectedException {
        String version = control.run().getParent();
        return champions
                .fetch(task(), version)
                .orElseThrow(() -> new DataException("the version " + task() + "@" + version + " is not on the topic"));
    }

    /** The rows: those that people have labelled, and those that keep the model from forgetting. */
    private RunData collect(LabelForm form, ModelPackage parent)
            throws IOException, ModelRejectedException, LabelsRefusedException {
        long end = control.run()
                .getMetrics()
                .getOrDefault(RunLog.EXAMPLES_END, 0.0)
                .longValue();
        Collection<TrainingExample> examples = new ExampleTopic(clients).read(task(), end, control::check);
        try (TextModel champion = new ModelOpener(InferenceSettings.DEFAULT).open(parent)) {
            TrainingSet set = TrainingSet.of(
                    audited(form, examples, parent, champion), form, settings.authorCap(), settings.heldOut());
            if (set.train().isEmpty()) {
                throw new DataException("no labelled text to train on; left out were " + set.leftOut());
            }
            Rehearsal rehearsal = new Rehearsal(clients, settings.eventDecoder(), settings.rehearsalWeight());
            Rehearsal.Sample sample = rehearsal.sample(form, champion, set, progress, control::check);
            return RunData.of(set, sample.rows(), provenance(end, set, sample));
        }
    }

    /**
     * The examples, without those of authors who are not to be believed.
     *
     * @throws LabelsRefusedException if what came since the parent was made is not to be trained on
     */
    private List<TrainingExample> audited(
            LabelForm form, Collection<TrainingExample> examples, ModelPackage parent, TextModel champion)
            throws IOException, LabelsRefusedException {
        Instant since = parent.manifest().getCreatedAt();
        List<TrainingExample> fresh = examples.stream()
                .filter(example -> example.getCreatedAt().isAfter(since))
                .toList();
        List<LabeledText> vouched = new ArrayList<>();
        trusted(form, parent).forEach(file -> vouched.addAll(file.rows()));
        AuditReport audit = form.audit(parts, fresh, vouched, champion);
        if (!audit.passed()) {
            throw new LabelsRefusedException(audit);
        }
        List<TrainingExample> believed = new ArrayList<>();
        for (TrainingExample example : examples) {
            double weight = audit.weight(example.getAuthor());
            if (weight > 0) {
                believed.add(TrainingExample.newBuilder(example)
                        .setWeight(example.getWeight() * weight)
                        .build());
            }
        }
        return believed;
    }

    private CandidateRequest request(ModelPackage parent, RunData data) throws IOException {
        List<WeightedTexts> train = new ArrayList<>(List.of(RunData.weighted("labels", data.labels())));
        if (!data.rehearsal().isEmpty()) {
            train.add(RunData.weighted("rehearsal", data.rehearsal()));
        }
        List<LabeledTexts> dev = new ArrayList<>();
        List<TrainingRow> labelsDev = data.labelsDev().isEmpty() ? data.labels() : data.labelsDev();
        dev.add(RunData.texts("labels", labelsDev));
        if (!data.rehearsalDev().isEmpty()) {
            dev.add(RunData.texts("rehearsal", data.rehearsalDev()));
        }
        return new CandidateRequest(
                task(),
                control.run().getVersion(),
                control.run().getMethod(),
                parent,
                train,
                dev,
                data.provenance(),
                directory.checkpoints(),
                settings.seed(),
                settings.budget(),
                control);
    }

    private Map<String, String> provenance(long end, TrainingSet set, Rehearsal.Sample sample) {
        Map<String, String> provenance = new TreeMap<>();
        provenance.put("method", control.run().getMethod());
        provenance.put("seed", String.valueOf(settings.seed()));
        provenance.put("data/labels", settings.topics().examples() + " up to offset " + end);
        provenance.put(
                "data/rows",
                "%d to fit, %d to stop by, %d held out"
                        .formatted(
                                set.train().size(),
                                set.dev().size(),
                                set.heldOut().size()));
        set.leftOut().forEach((reason, rows) -> provenance.put("data/left out/" + reason, String.valueOf(rows)));
        if (!sample.rows().isEmpty()) {
            provenance.put("data/rehearsal", settings.topics().events() + " " + sample.window());
            provenance.put("data/rehearsal rows", String.valueOf(sample.rows().size()));
        }
        settings.trainSettings().forEach((name, value) -> provenance.put("setting/" + name, value));
        provenance.put("java", Runtime.version().toString());
        provenance.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
        provenance.put("lexstream", "" + TrainingRun.class.getPackage().getImplementationVersion());
        return provenance;
    }

    private List<LabeledTexts> trusted(LabelForm form, ModelPackage parent) throws IOException {
        return form.trusted(settings.trustedData(task()), parent);
    }

    /** The candidate with what the verdict says of it, and a card. */
    private ModelPackage described(ModelPackage candidate, Judge.Verdict verdict, Judge.HeldOut heldOut, RunData data)
            throws IOException, ModelRejectedException {
        ModelManifest manifest = ModelManifest.newBuilder(candidate.manifest()).build();
        Map<String, Double> metrics = new TreeMap<>(manifest.getMetrics());
        metrics.putAll(verdict.metrics());
        Map<String, String> provenance = new TreeMap<>(manifest.getProvenance());
        provenance.putAll(data.provenance());
        heldOut.trusted().forEach(file -> provenance.put("data/trusted/" + file.name(), "sha256 " + file.sha256()));
        manifest.setParent(control.run().getParent());
        manifest.setMetrics(metrics);
        manifest.setProvenance(provenance);
        manifest.setPrecisions(verdict.precisions());
        PackageWriter writer = new PackageWriter(manifest);
        for (ModelFile file : manifest.getFiles()) {
            Path own = directory.packagePlace().resolve(file.getPath());
            if (Files.exists(own)) {
                writer.add(file.getRole(), file.getPath(), Files.readAllBytes(own));
            } else {
                writer.refer(file);
            }
        }
        String card = RunCard.of(manifest, control.run(), verdict.reasons());
        writer.add(FileRole.CARD, "MODEL_CARD.md", card.getBytes(StandardCharsets.UTF_8));
        return writer.write(directory.freshRelease(), store);
    }

    private void fail(Exception e) {
        LOG.atWarn().addKeyValue("run", runId()).setCause(e).log("run failed");
        try {
            control.ended(
                    RunState.FAILED, List.of(e.getClass().getSimpleName() + ": " + e.getMessage()), new HashMap<>());
            directory.delete();
        } catch (IOException | KafkaException | CancellationException again) {
            LOG.atWarn().addKeyValue("run", runId()).setCause(again).log("the failed run is not written");
        }
    }

    private void say(String line) {
        control.check();
        LOG.atInfo().addKeyValue("run", runId()).addKeyValue("progress", line).log("training");
    }

    private String task() {
        return control.run().getTask();
    }

    private String runId() {
        return control.run().getRunId();
    }
}
