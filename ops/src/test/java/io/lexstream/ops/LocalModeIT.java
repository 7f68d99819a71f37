package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexstream.model.ManifestJson;
import io.lexstream.ops.local.LocalMode;
import io.lexstream.ops.local.LocalSettings;
import io.lexstream.ops.models.StarterModels;
import io.lexstream.processors.ProcessorSettings;
import io.lexstream.schemas.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local mode as a whole: real broker, registry, models and streams. */
class LocalModeIT {
    private static final Path STARTER = Path.of("models", "sentiment");

    @TempDir
    private Path home;

    @Test
    void theDemoStreamComesOutLabelledAndAllIsClosed() {
        ShellFixture shell = new ShellFixture(home);

        int exitCode = local(shell, "--demo-rate", "50", "--exit-after", "20");

        assertThat(exitCode).as(shell.err()).isZero();
        assertThat(shell.lines().get(0)).startsWith("Lexstream ");
        assertThat(results(shell))
                .hasSize(20)
                .allSatisfy(line -> assertThat(line)
                        .matches("\\d\\d:\\d\\d:\\d\\d\t.*\t(negative|neutral|positive)\t[01]\\.\\d\\d"
                                + "\t(ham|spam)\t[01]\\.\\d\\d\t.*(unchanged\t|extractive\t.+)\t.+"))
                .anySatisfy(line -> assertThat(line).contains("\textractive\t"));
        assertThat(data().resolve("endpoints.properties")).doesNotExist();
        assertThat(liveThreads()).noneMatch(name -> name.startsWith("demo-feed") || name.startsWith("lexstream"));
    }

    @Test
    void withoutTheDemoOtherCommandsFindItAndTheirEventsAreShownById() throws Exception {
        ShellFixture shell = new ShellFixture(home);
        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(() -> local(shell, "--no-demo", "--exit-after", "2"));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> exitCode.isDone() || Files.exists(data().resolve("endpoints.properties")));

        ShellFixture send = new ShellFixture(home);
        send.run(
                "{\"id\":\"mine-1\",\"text\":\"It arrived broken.\"}\n{\"id\":\"mine-2\",\"text\":\"Lovely!\"}\n",
                "send",
                "--data-dir",
                data().toString(),
                "-");

        assertThat(send.out()).as(send.err()).startsWith("sent 2 to text.events");
        assertThat(exitCode.get(1, TimeUnit.MINUTES)).as(shell.err()).isZero();
        assertThat(results(shell)).hasSize(2);
        assertThat(shell.out()).contains("\tmine-1").contains("\tmine-2").doesNotContain("arrived broken");
    }

    @Test
    void aVersionIsPublishedWithTheKeyThatLocalModeMade() throws Exception {
        Path next = withVersion(STARTER, "99");
        ShellFixture shell = new ShellFixture(home);
        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(() -> local(shell, "--no-demo", "--exit-after", "1"));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> exitCode.isDone() || Files.exists(data().resolve("endpoints.properties")));

        ShellFixture publish = models("publish", next.toString());
        ShellFixture list = models("list");
        ShellFixture inspect = models("inspect", "sentiment@99", "--json");
        ShellFixture verify = models("verify", next.toString());
        new ShellFixture(home).run("Lovely!\n", "send", "--data-dir", data().toString(), "-");

        assertThat(publish.out()).as(publish.err()).isEqualTo("sentiment@99 is published and serves\n");
        assertThat(list.lines())
                .hasSize(StarterModels.tasks().size() + 1)
                .allSatisfy(line -> assertThat(line).endsWith(", trusted"));
        assertThat(list.err()).isEmpty();
        assertThat(inspect.err()).startsWith("sentiment@99 is signed by ").endsWith(", trusted\n");
        assertThat(verify.out()).endsWith("; unsigned\n");
        assertThat(exitCode.get(1, TimeUnit.MINUTES)).as(shell.err()).isZero();
        assertThat(shell.out()).doesNotContain("signing.key");
        Path key = data().resolve("signing.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    private ShellFixture models(String command, String... arguments) {
        ShellFixture shell = new ShellFixture(home);
        Stream<String> where = command.equals("verify") ? Stream.of() : Stream.of("--data-dir", data().toString());
        shell.run(
                "",
                Stream.of(Stream.of("models", command), Stream.of(arguments), where)
                        .flatMap(it -> it)
                        .toArray(String[]::new));
        return shell;
    }

    @Test
    void aRestartKeepsWhatWasPromoted() throws Exception {
        Path next = withVersion(STARTER, "99");
        Path later = withVersion(STARTER, "100");
        ShellFixture publish = new ShellFixture(home);
        ShellFixture publishOnly = new ShellFixture(home);
        try (LocalMode local = LocalMode.in(data())) {
            ProcessorSettings running = local.start(anyPorts(), new SilentSteps(), run -> {});
            publish(publish, running, next);
            publish(publishOnly, running, later, "--no-promote");
        }

        ShellFixture restarted = new ShellFixture(home);
        int exitCode = local(restarted, "--exit-after", "3");

        assertThat(publish.out()).as(publish.err()).isEqualTo("sentiment@99 is published and serves\n");
        assertThat(publishOnly.out()).as(publishOnly.err()).startsWith("sentiment@100 is published; to make it serve");
        assertThat(exitCode).as(restarted.err()).isZero();
        assertThat(restarted.out()).contains("sentiment@99").doesNotContain("published");
        assertThat(results(restarted)).hasSize(3);
    }

    @Test
    void aRunCanBeAskedForAndSaysWhyItFailed() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        ShellFixture trainer = new ShellFixture(home);
        try (LocalMode local = LocalMode.in(data())) {
            ProcessorSettings running = local.start(anyPorts(), new SilentSteps(), run -> told.add(RunLine.of(run)));
            Map<String, Object> clients = running.clientConfig();

            int exitCode = trainer.run(
                    "",
                    "trainer",
                    "--once",
                    "sentiment",
                    "--bootstrap-servers",
                    String.valueOf(clients.get("bootstrap.servers")),
                    "--registry",
                    String.valueOf(clients.get("schema.registry.url")));

            assertThat(exitCode).as(trainer.err()).isEqualTo(1);
            assertThat(trainer.out()).contains("asked for sentiment@", "failed: DataException: no labelled text");
            assertThat(told)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("trainer: sentiment@")
                    .contains("failed");
        }
    }

    @Test
    void aDirectoryThatIsInUseIsRefused() throws IOException {
        try (LocalMode first = LocalMode.in(data())) {
            ShellFixture second = new ShellFixture(home);

            int exitCode = local(second, "--exit-after", "1");

            assertThat(exitCode).isEqualTo(1);
            assertThat(second.err())
                    .contains("in use by process " + ProcessHandle.current().pid());
            assertThat(first.failure()).isNotDone();
        }
    }

    private int local(ShellFixture shell, String... more) {
        return shell.run(
                "",
                Stream.concat(
                                Stream.of(
                                        "local",
                                        "--data-dir",
                                        data().toString(),
                                        "--kafka-port",
                                        "0",
                                        "--registry-port",
                                        "0",
                                        "--http-port",
                                        "0"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static void publish(ShellFixture shell, ProcessorSettings running, Path directory, String... more) {
        Map<String, Object> clients = running.clientConfig();
        shell.run(
                "",
                Stream.concat(
                                Stream.of(
                                        "models",
                                        "publish",
                                        directory.toString(),
                                        "--key",
                                        running.signingKey().orElseThrow().toString(),
                                        "--bootstrap-servers",
                                        String.valueOf(clients.get("bootstrap.servers")),
                                        "--registry",
                                        String.valueOf(clients.get("schema.registry.url"))),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private Path data() {
        return home.resolve("data");
    }

    private LocalSettings anyPorts() {
        return new LocalSettings(
                0,
                0,
                0,
                Map.of(),
                Map.of("HOME", home.toString(), "LEXSTREAM_MODEL_CACHE_DIR", ShellFixture.MODEL_CACHE));
    }

    private static List<String> results(ShellFixture shell) {
        return shell.lines().stream().filter(line -> line.contains("\t")).toList();
    }

    private static List<String> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    /** The same model under another version. */
    private Path withVersion(Path original, String version) throws Exception {
        Path copy = Files.createDirectory(home.resolve("package-" + version));
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Path manifestFile = copy.resolve(ManifestJson.FILE_NAME);
        ModelManifest manifest = ManifestJson.parse(Files.readString(manifestFile));
        manifest.setVersion(version);
        Files.writeString(manifestFile, ManifestJson.format(manifest));
        return copy;
    }
}
