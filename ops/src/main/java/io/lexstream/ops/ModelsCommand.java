package io.lexstream.ops;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ManifestJson;
import io.lexstream.model.ModelFeed;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.ModelVersion;
import io.lexstream.model.SigningKey;
import io.lexstream.model.TrustedKeys;
import io.lexstream.processors.ProcessorSettings;
import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.DeploymentMode;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models}: the versions on the model topic, and which of them serves. */
@Command(
        name = "models",
        description = "Publish model versions, choose which one serves, look at what there is.",
        footer = {
            "",
            "Examples:",
            "  lexstream models list",
            "  lexstream models publish build/intent",
            "  lexstream models publish opus-mt-de-en --task translation",
            "  lexstream models promote sentiment@2 --reason 'better on short texts'",
            "  lexstream models promote sentiment@3 --canary 0.1",
            "  lexstream models rollback sentiment --trial",
            "  lexstream models rollback sentiment",
            "  lexstream models keygen --out signing.key"
        })
final class ModelsCommand extends CommandGroup {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private final Shell shell;

    ModelsCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(description = "List the published versions; * serves now, ? is tried beside it.")
    int list(
            @Mixin ClusterOptions cluster,
            @Option(names = "--json", description = "One JSON object a line.") boolean json)
            throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        Brokers.requireAnswer(settings.clientConfig());
        TrustedKeys trusted = settings.trustedKeys();
        try (ModelFeed feed = feed(settings, trusted)) {
            feed.readToEnd(READ_TIMEOUT);
            new ModelList(feed, trusted, shell.style()).lines(json).forEach(shell.out()::println);
            tellRefusals(feed);
        }
        return 0;
    }

    @Command(description = "Print a version's model card; who signed it goes to standard error.")
    int inspect(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TASK@VERSION", description = "As models list shows it.") VersionName version,
            @Option(names = "--json", description = "Print the manifest.") boolean json)
            throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        Brokers.requireAnswer(settings.clientConfig());
        TrustedKeys trusted = settings.trustedKeys();
        try (ModelFeed feed = feed(settings, trusted)) {
            feed.readToEnd(READ_TIMEOUT);
            ModelManifest manifest = feed.manifest(version.task(), version.version())
                    .orElseThrow(
                            () -> new CommandException("no version " + version + " is published; see models list"));
            shell.out().print(json ? ManifestJson.format(manifest) : card(feed, manifest));
            shell.err().println(version + " is " + trusted.check(manifest));
        }
        return 0;
    }

    @Command(
            description = {
                "Send a package to the model topics and make it serve, in one transaction.",
                "A folder of an encoder-decoder model as Hugging Face's optimum exports it becomes one, once it has run.",
                "Processors check it first; if they refuse it, what served before still does."
            })
    int publish(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "DIR", description = "The package, or a folder of Hugging Face files.")
                    Path directory,
            @Option(
                            names = "--promote",
                            negatable = true,
                            defaultValue = "true",
                            fallbackValue = "true",
                            description = "Make it serve, or only send it (default: make it serve).")
                    boolean promote,
            @Option(
                            names = "--task",
                            paramLabel = "TASK",
                            description = "What a folder of Hugging Face files is to serve (default: what it tells).")
                    Optional<String> task,
            @Mixin KeyOption key,
            @Mixin ReasonOption reason)
            throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        ModelDirectory model = new ModelDirectory(directory);
        ModelPackage modelPackage = model.open(task, new ContentStore(settings.modelCache()));
        if (model.isFolder()) {
            new ModelOpener(InferenceSettings.DEFAULT).open(modelPackage).close();
        }
        Brokers.requireAnswer(settings.clientConfig());
        try (ModelPublisher publisher = publisher(settings, key)) {
            if (promote) {
                ModelVersion version = publisher.publishAndPromote(modelPackage, reason.text());
                shell.out().println(version + " is published and serves");
            } else {
                ModelVersion version = publisher.publish(modelPackage);
                shell.out().println(version + " is published; to make it serve: lexstream models promote " + version);
            }
        }
        return 0;
    }

    @Command(
            description = {
                "Make a published version serve, or try it beside the one that does.",
                "A guard ends a trial: errors, time, other labels than the version that serves gives."
            })
    int promote(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TASK@VERSION", description = "As models list shows it.") VersionName version,
            @ArgGroup @Nullable Trial trial,
            @Mixin KeyOption key,
            @Mixin ReasonOption reason)
            throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        Brokers.requireAnswer(settings.clientConfig());
        try (ModelPublisher publisher = publisher(settings, key)) {
            if (trial == null) {
                tell(publisher.promote(version.task(), version.version(), reason.text()));
            } else {
                tell(publisher.challenge(
                        version.task(), version.version(), trial.mode(), trial.share(), reason.text()));
            }
        }
        return 0;
    }

    @Command(description = "Make the version serve that served before, or end a trial.")
    int rollback(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TASK", description = "The task.") String task,
            @Option(names = "--trial", description = "Only end the trial; what serves still does.") boolean trial,
            @Mixin KeyOption key,
            @Mixin ReasonOption reason)
            throws Exception {
        ProcessorSettings settings = cluster.settings(shell);
        Brokers.requireAnswer(settings.clientConfig());
        try (ModelPublisher publisher = publisher(settings, key)) {
            tell(trial ? publisher.endTrial(task, reason.text()) : publisher.rollback(task, reason.text()));
        }
        return 0;
    }

    @Command(
            description = {
                "Open a package as a processor would: digests, graph, golden cases.",
                "Ends with 1 and the reason if it would be refused."
            })
    int verify(
            @Parameters(paramLabel = "DIR", description = "The package.") Path directory,
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = "Settings file, as for process: which keys are trusted.")
                    Optional<Path> config)
            throws Exception {
        Map<String, String> given = config.isPresent() ? SettingsFile.read(config.get()) : Map.of();
        TrustedKeys trusted = ProcessorSettings.of(given, shell.environment()).trustedKeys();
        ModelPackage modelPackage = ModelPackage.open(directory, new ContentStore(shell.modelCache()));
        new ModelOpener(InferenceSettings.DEFAULT).open(modelPackage).close();
        modelPackage.profile();
        shell.out()
                .println(modelPackage.version() + " is good: "
                        + modelPackage.manifest().getFiles().size() + " files, "
                        + modelPackage.manifest().getGoldenCases().size() + " golden cases; digest "
                        + modelPackage.version().digest() + "; " + trusted.check(modelPackage.manifest()));
        return 0;
    }

    @Command(
            description = {
                "Make a key that signs models: write the private half to a new file that only you can read,",
                "print the settings that make others trust it."
            })
    int keygen(
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            defaultValue = "lexstream-signing.key",
                            description = "Where the private key goes (default: ${DEFAULT-VALUE}).")
                    Path file)
            throws IOException {
        SigningKey key = SigningKey.generate();
        try {
            key.write(file);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(
                    "there is a file " + file + " already, and a key that is overwritten is lost: choose another --out",
                    e);
        }
        shell.out().println("# Key " + key.publicKey().id() + ". For the processors:");
        shell.out().println("model.trusted.keys=" + key.publicKey().text());
        shell.out().println("# For whoever publishes, and nobody else:");
        shell.out().println("model.signing.key=" + file.toAbsolutePath());
        return 0;
    }

    private void tell(Deployment deployment) {
        String task = deployment.getTask();
        shell.out().println(task + "@" + deployment.getChampion() + " serves");
        if (!deployment.getChallenger().isEmpty()) {
            shell.out().println(task + "@" + deployment.getChallenger() + " is tried: " + TrialText.of(deployment));
        }
    }

    /** How {@code promote} tries a version. */
    static final class Trial {
        @Option(
                names = "--canary",
                paramLabel = "SHARE",
                description = "Try it: this share of the keys (0.1 = a tenth) gets its results.")
        private Optional<Double> canary = Optional.empty();

        @Option(names = "--shadow", description = "Try it silently: it reads every text, and nobody gets its results.")
        private boolean shadow;

        DeploymentMode mode() {
            return shadow ? DeploymentMode.SHADOW : DeploymentMode.CANARY;
        }

        double share() {
            return canary.orElse(1.0);
        }
    }

    /** The card, or the manifest of a version that has none or may not be fetched: nobody trusted has signed it. */
    private static String card(ModelFeed feed, ModelManifest manifest) throws IOException {
        try {
            Optional<Path> card = feed.fetch(manifest).file(FileRole.CARD);
            return card.isPresent() ? Files.readString(card.get()) : ManifestJson.format(manifest);
        } catch (ModelRejectedException e) {
            return ManifestJson.format(manifest);
        }
    }

    /** Who knows no key can judge no signature, and sees everything. */
    private static ModelFeed feed(ProcessorSettings settings, TrustedKeys trusted) {
        return new ModelFeed(
                settings.clientConfig(),
                settings.topics(),
                new ContentStore(settings.modelCache()),
                trusted.acceptsNothing() ? TrustedKeys.ANY : trusted);
    }

    private ModelPublisher publisher(ProcessorSettings settings, KeyOption option) throws IOException {
        Optional<SigningKey> key = option.read(settings);
        TrustedKeys trusted = settings.trustedKeys();
        if (key.isPresent() && !trusted.acceptsNothing() && !trusted.trusts(key.get())) {
            shell.err()
                    .println("warning: key " + key.get().publicKey().id() + " is none of model.trusted.keys:"
                            + " processors with these settings refuse what it signs");
        }
        return new ModelPublisher(settings.clientConfig(), settings.topics(), trusted, key);
    }

    private void tellRefusals(ModelFeed feed) {
        feed.refusals().forEach(refusal -> shell.err().println("does not count: " + refusal.why()));
    }
}
