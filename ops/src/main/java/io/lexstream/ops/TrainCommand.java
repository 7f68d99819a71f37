package io.lexstream.ops;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.EvaluationText;
import io.lexstream.trainer.FineTuning;
import io.lexstream.trainer.FitOptions;
import io.lexstream.trainer.HeadOptions;
import io.lexstream.trainer.HeadTraining;
import io.lexstream.trainer.ModelCard;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TrainingReport;
import io.lexstream.trainer.TrainingRequest;
import io.lexstream.trainer.seq2seq.GeneratorTuningOptions;
import io.lexstream.trainer.seq2seq.PairSource;
import io.lexstream.trainer.seq2seq.Pretrained;
import io.lexstream.trainer.seq2seq.Purpose;
import io.lexstream.trainer.seq2seq.ScratchRequest;
import io.lexstream.trainer.seq2seq.ScratchTraining;
import io.lexstream.trainer.seq2seq.TuningPairs;
import io.lexstream.trainer.summary.SummaryTraining;
import io.lexstream.trainer.tuning.CurvePoint;
import io.lexstream.trainer.tuning.TuningMethod;
import io.lexstream.trainer.tuning.TuningOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: labelled files in, a package out. */
@Command(
        name = "train",
        description = {
            "Train a model from labelled files (JSON lines or CSV, .gz too) and write a package.",
            "Method lora trains low-rank matrices of about a megabyte beside the encoder's weights, last-layers and full"
                    + " the weights themselves; head trains a linear layer on the frozen encoder, in a fraction of the"
                    + " time. A run that was killed goes on from its checkpoint when the same command is given again.",
            "Beside the package lies DIR-report.html: curves, confusion, sources, settings. A bag of words trained on the"
                    + " same rows is measured beside every run."
        },
        footer = {
            "",
            "Examples:",
            "  lexstream train --task intent --data intent.jsonl --out build/intent",
            "  lexstream train --task intent --data mails.csv --text-column subject,body --label-column team --out D",
            "  lexstream train --task sentiment --data s.jsonl --task spam --data m.jsonl --out build/both",
            "     one encoder for both tasks: packages build/both/sentiment and build/both/spam share its pass",
            "  lexstream train --task summary --data news.jsonl --out build/summary",
            "     texts and summaries, {\"document\",\"summary\"}: a model that quotes the sentences that matter",
            "  lexstream train --task summary --abstractive --data a.jsonl --dev b.jsonl --width 192 --out build/written",
            "     a model that writes them: a decoder behind the base encoder, which is left as it is and reads each text",
            "     once; --method lora changes it, too, --method scratch does without it",
            "  lexstream train --task translation --data de.tsv.gz feedback.jsonl*4 grammar.txt:20000 --dev dev.tsv.gz:500",
            "      feedback.jsonl*2 --max-minutes 120 --out build/translation",
            "     tables without header (source in --source-column), JSON lines with a key for each language (the part of",
            "     training by a hash of the id), grammars; *4 shows each pair four times an epoch. A killed run goes on",
            "     when the same command is given again, also with more --max-minutes",
            "  lexstream train --task translation --from opus-mt-de-en --data ours.tsv --dev dev.tsv:200 --source-column 1",
            "      --method lora --max-minutes 20 --out build/de-en",
            "     a folder of Hugging Face files, or a package: its own graphs are trained with low-rank matrices or in full,",
            "     whatever their layout, with its own tokenizers; BLEU and chrF2 (ROUGE of --task summary) before and after",
            "  lexstream models publish build/intent"
        })
final class TrainCommand implements Callable<Integer> {
    /** The task whose models are summarizers. */
    private static final String SUMMARY = "summary";

    /** The task, and the kind, of models that translate. */
    private static final String TRANSLATION = "translation";

    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ArgGroup(exclusive = false, multiplicity = "1..*", heading = "A task; several are trained together:%n")
    private List<TaskOptions> tasks = new ArrayList<>();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where the package goes; absent or empty. With several tasks a folder each.")
    private Path out = Path.of("");

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description =
                    "lora, last-layers, full or head (default: lora; with --abstractive: frozen). A translator --from a"
                            + " package of this trainer goes on as it was trained from scratch, unless lora or full is given.")
    private Optional<String> method = Optional.empty();

    @Mixin
    private ColumnOptions columns = new ColumnOptions();

    @Mixin
    private TuningFlags tuning = new TuningFlags();

    @Mixin
    private GeneratorFlags writing = new GeneratorFlags();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "translation trains a translator whatever the task is called (default: by the task).")
    private Optional<String> kind = Optional.empty();

    @Option(
            names = "--model-version",
            paramLabel = "VERSION",
            description = "Unique within the task (default: the time, such as 20250131-120000).")
    private Optional<String> version = Optional.empty();

    @Option(names = "--license", paramLabel = "TEXT", description = "Terms of the weights.")
    private String license = "";

    @Option(
            names = "--base",
            paramLabel = "NAME",
            description = "Base encoder (default: the one that Lexstream brings).")
    private Optional<String> base = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the samples (default: 1).")
    private long seed = HeadOptions.DEFAULT.seed();

    /** What one task is trained from. */
    static final class TaskOptions {
        @Option(names = "--task", required = true, paramLabel = "TASK", description = "What the model will serve.")
        private String task = "";

        @Option(
                names = "--data",
                required = true,
                arity = "1..*",
                paramLabel = "FILE[:ROWS]",
                description =
                        "Texts to train on; with :ROWS a sample of that many. Models that write: FILE[:ROWS][*WEIGHT].")
        private List<String> data = new ArrayList<>();

        @Option(
                names = "--dev",
                arity = "1..*",
                paramLabel = "FILE[:ROWS]",
                description = "Texts that decide when to stop, besides the tenth held out of each training file.")
        private List<String> dev = new ArrayList<>();

        @Option(
                names = "--test",
                arity = "1..*",
                paramLabel = "FILE[:ROWS]",
                description = "Texts that are only reported on.")
        private List<String> test = new ArrayList<>();

        @Option(
                names = "--golden",
                paramLabel = "FILE",
                description =
                        "Labelled texts that go into the package; it must label them so wherever it is opened. Models that"
                                + " write: FILE[:ROWS], of which the card shows what the model writes, and it must write that again.")
        private @Nullable Path golden; // a group's option cannot be an Optional: picocli fails on it

        @Option(
                names = "--notes",
                paramLabel = "FILE",
                description = "Markdown for the model card: data, terms, limits.")
        private @Nullable Path notes;

        @Option(
                names = "--from",
                arity = "1..*",
                paramLabel = "DIR",
                description = "Package of this task to go on from; several tasks' must share one adapter. The mean of"
                        + " several packages, if they all come of one. Of translation and summary also a folder of"
                        + " Hugging Face files.")
        private List<Path> from = new ArrayList<>();

        private List<ModelPackage> from(ContentStore store) throws IOException, ModelRejectedException {
            List<ModelPackage> packages = new ArrayList<>();
            for (Path place : from) {
                packages.add(ModelPackage.open(place, store));
            }
            return packages;
        }
    }

    TrainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        if (kind.orElse(tasks.get(0).task).equals(TRANSLATION)) {
            return trainGenerator(writing.translation(), Optional.empty());
        }
        if (writing.abstractive()) {
            return trainGenerator(new Purpose.Summary(columns.ofSummaries()), pretrained());
        }
        if (tasks.stream().anyMatch(task -> task.task.equals(SUMMARY))) {
            return trainSummarizer();
        }
        if (method.equals(Optional.of("head"))) {
            return trainHeads();
        }
        TuningOptions options = tuning.options(TuningMethod.of(method.orElse("lora")), seed);
        ContentStore store = new ContentStore(shell.modelCache());
        FineTuning training = new FineTuning(encoder(), store, inference(), cores(), Clock.systemUTC(), progress());
        List<FineTuning.Job> jobs = new ArrayList<>();
        for (TaskOptions task : tasks) {
            jobs.add(new FineTuning.Job(request(task), task.from(store), place(task)));
        }
        Path checkpoint = beside(out, ".checkpoint");
        List<FineTuning.Outcome> outcomes = training.run(jobs, options, tuning.tokens(), checkpoint);
        for (int i = 0; i < jobs.size(); i++) {
            FineTuning.Outcome outcome = outcomes.get(i);
            tell(outcome.modelPackage(), outcome.quality(), jobs.get(i).out(), outcome.curve(), outcome.settings());
        }
        Files.deleteIfExists(checkpoint);
        return 0;
    }

    private int trainHeads() throws Exception {
        if (tasks.stream().anyMatch(task -> !task.from.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--method head fits a head anew: it cannot go on --from one");
        }
        HeadTraining training = new HeadTraining(
                encoder(),
                new ContentStore(shell.modelCache()),
                shell.featureCache(),
                inference(),
                Clock.systemUTC(),
                progress());
        for (TaskOptions task : tasks) {
            HeadTraining.Outcome outcome = training.run(request(task), place(task));
            tell(outcome.modelPackage(), outcome.quality(), place(task), List.of(), Map.of("method", "head"));
        }
        return 0;
    }

    private int trainSummarizer() throws Exception {
        TaskOptions task = tasks.get(0);
        if (!task.from.isEmpty()) {
            requireDev(task);
            ContentStore store = new ContentStore(shell.modelCache());
            GeneratorTrainer trainer = new GeneratorTrainer(shell, store, command());
            TuningPairs pairs = TuningPairs.summaries(
                    task.data.stream().map(columns::summaries).toList(),
                    task.dev.stream().map(columns::summaries).toList(),
                    seed);
            return trainOn(trainer, trainer.open(task.from.get(0), task.task), pairs);
        }
        if (tasks.size() > 1) {
            throw new ParameterException(spec.commandLine(), "a summarizer is trained alone: no other --task");
        }
        SummaryTraining training = new SummaryTraining(
                encoder(),
                new ContentStore(shell.modelCache()),
                shell.featureCache(),
                inference(),
                Clock.systemUTC(),
                progress());
        TrainingRequest<FitOptions> request = new TrainingRequest<>(
                task.task,
                versionName(),
                license,
                task.data.stream().map(columns::summaries).toList(),
                task.dev.stream().map(columns::summaries).toList(),
                task.test.stream().map(columns::summaries).toList(),
                Optional.ofNullable(task.golden),
                Optional.ofNullable(task.notes),
                SummaryTraining.DEFAULTS.withSeed(seed),
                command());
        SummaryTraining.Outcome outcome = training.run(request, out);
        shell.out().println(outcome.table());
        shell.out().println();
        tellNext(outcome.modelPackage(), out, "");
        return 0;
    }

    /** Of a summary that is written. */
    private Optional<Pretrained> pretrained() {
        Optional<Pretrained.Lora> lora = Optional.empty();
        switch (method.orElse("frozen")) {
            case "scratch" -> {
                return Optional.empty();
            }
            case "lora" -> {
                TuningOptions options = tuning.options(TuningMethod.LORA, seed);
                lora = Optional.of(new Pretrained.Lora(options.rank(), options.scale(), seed));
            }
            case "frozen" -> {}
            default ->
                throw new ParameterException(
                        spec.commandLine(), "with --abstractive, --method is frozen, lora or scratch");
        }
        return Optional.of(new Pretrained(encoder(), writing.blocks(), lora));
    }

    private int trainGenerator(Purpose purpose, Optional<Pretrained> pretrained) throws Exception {
        TaskOptions task = tasks.get(0);
        if (tasks.size() > 1 || task.from.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "a model that writes is trained alone: no other --task, one --from");
        }
        ContentStore store = new ContentStore(shell.modelCache());
        Optional<ModelPackage> from = Optional.empty();
        if (!task.from.isEmpty()) {
            GeneratorTrainer trainer = new GeneratorTrainer(shell, store, command());
            ModelPackage parent = trainer.open(task.from.get(0), task.task);
            if (purpose instanceof Purpose.Translation told
                    && (method.isPresent() || GeneratorTrainer.isImported(parent))) {
                requireDev(task);
                TuningPairs pairs = TuningPairs.translations(
                        told.languages(), told.sourceColumn(), pairs(task.data), pairs(task.dev), seed, progress());
                return trainOn(trainer, parent, pairs);
            }
            from = Optional.of(parent);
        }
        ScratchRequest request = new ScratchRequest(
                task.task,
                versionName(),
                license,
                purpose,
                pairs(task.data),
                pairs(task.dev),
                pairs(task.test),
                writing.sizes(),
                pretrained,
                writing.packed(),
                writing.beams(),
                writing.vocabulary(),
                from,
                Optional.ofNullable(task.golden).map(Path::toString),
                Optional.ofNullable(task.notes),
                command());
        Path work = beside(out, ".work");
        try (Shutdown shutdown = Shutdown.listen(() -> shell.err().println("stopping: writing a checkpoint"))) {
            ScratchTraining training =
                    new ScratchTraining(store, cores(), Clock.systemUTC(), progress(), shutdown::requested);
            ScratchTraining.Outcome outcome = training.run(request, writing.options(tuning, seed), out, work);
            Path report = beside(out, "-report.html");
            Files.writeString(report, outcome.report());
            shell.out()
                    .println("%s is in %s, its curve in %s, what a longer run goes on from in %s"
                            .formatted(outcome.modelPackage().version(), out, report, work));
        }
        return 0;
    }

    /** A model that writes text goes on with its own graphs. */
    private int trainOn(GeneratorTrainer trainer, ModelPackage parent, TuningPairs pairs) throws Exception {
        GeneratorTuningOptions options = writing.tuning(tuning, TuningMethod.of(method.orElse("lora")), seed);
        trainer.run(parent, pairs, options, versionName(), out, beside(out, "-report.html"));
        return 0;
    }

    private void requireDev(TaskOptions task) {
        if (tasks.size() > 1 || task.from.size() > 1 || task.dev.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a model that writes text goes on alone, and is measured: no other --task, one --from, and a --dev"
                            + " file");
        }
    }

    private static List<PairSource> pairs(List<String> arguments) {
        return arguments.stream().map(PairSource::parse).toList();
    }

    private String versionName() {
        return version.orElseGet(() -> VERSION.format(Instant.now()));
    }

    private void tell(
            ModelPackage trained,
            ModelCard.Quality quality,
            Path place,
            List<CurvePoint> curve,
            Map<String, String> settings)
            throws IOException {
        Path report = beside(place, "-report.html");
        String title = trained.version().toString();
        Files.writeString(report, new TrainingReport(title, curve, quality, settings).html());
        shell.out().println(EvaluationText.of(quality.test(), quality.bagOfWords()));
        tellNext(trained, place, ", its report in " + report);
    }

    private void tellNext(ModelPackage trained, Path place, String besides) {
        shell.out()
                .println(trained.version() + " is in " + place + besides + "; next: lexstream models publish " + place);
    }

    private Path place(TaskOptions task) {
        return tasks.size() == 1 ? out : out.resolve(task.task);
    }

    private static Path beside(Path place, String suffix) {
        Path whole = place.toAbsolutePath().normalize();
        return whole.resolveSibling(whole.getFileName() + suffix);
    }

    private BaseEncoder encoder() {
        BaseEncoders encoders = BaseEncoders.onClassPath();
        return base.isPresent() ? encoders.named(base.get()) : encoders.all().get(0);
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static InferenceSettings inference() {
        return new InferenceSettings(cores(), 1);
    }

    private Progress progress() {
        return ProgressLines.to(shell.err());
    }

    private TrainingRequest<HeadOptions> request(TaskOptions task) {
        return new TrainingRequest<>(
                task.task,
                versionName(),
                license,
                files(task.data),
                files(task.dev),
                files(task.test),
                Optional.ofNullable(task.golden),
                Optional.ofNullable(task.notes),
                HeadOptions.DEFAULT.withSeed(seed),
                command());
    }

    private List<DataFile> files(List<String> arguments) {
        return arguments.stream().map(columns::file).toList();
    }

    /** As it was typed, for the model card. */
    private String command() {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return "./lexstream "
                + arguments.stream()
                        .map(argument -> argument.contains(" ") ? "'" + argument + "'" : argument)
                        .collect(Collectors.joining(" "));
    }
}
