package io.lexstream.ops;

import io.lexstream.model.ContentStore;
import io.lexstream.schemas.RunState;
import io.lexstream.schemas.TrainerRun;
import io.lexstream.trainer.service.RequestedRun;
import io.lexstream.trainer.service.TrainerParts;
import io.lexstream.trainer.service.TrainerService;
import io.lexstream.trainer.service.TrainerSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trainer}: learns from labels, against an existing cluster. */
@Command(
        name = "trainer",
        description = {
            "Learn from the labels on the cluster until told to stop (INT, TERM): join them with their texts, train,"
                    + " and publish what passes the gate. Of several instances one works; the others stand by.",
            "With --once: ask for one run, wait for its end, and end with 0 if a version was published."
        },
        footer = {
            "",
            "Examples:",
            "  lexstream trainer --config /etc/lexstream.properties",
            "  lexstream trainer --once sentiment        a run in the local mode that runs here"
        })
final class TrainerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerCommand.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Shell shell;

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--once", paramLabel = "TASK", description = "Ask for one run of this task.")
    private Optional<String> once = Optional.empty();

    TrainerCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        TrainerSettings settings = new TrainerSettings(cluster.settings(shell).values());
        if (once.isPresent() && !settings.trainedTasks().contains(once.get())) {
            throw new CommandException("task " + once.get() + " is not trained; trained are " + settings.trainedTasks()
                    + " (train.tasks)");
        }
        Logging.toStandardError();
        try (Shutdown shutdown = Shutdown.listen(() -> LOG.info("stopping"))) {
            if (once.isPresent() && !canPublish(settings)) {
                return once(settings, once.get(), shutdown);
            }
            try (TrainerService service = start(settings)) {
                shutdown.on(service.failure());
                if (once.isPresent()) {
                    return once(settings, once.get(), shutdown);
                }
                shutdown.await();
            }
        }
        LOG.info("stopped");
        return 0;
    }

    /** Without a key we can only ask a trainer that has one. */
    private static boolean canPublish(TrainerSettings settings) {
        return settings.signingKey().isPresent() || settings.trustedKeys().acceptsAll();
    }

    private static TrainerService start(TrainerSettings settings) {
        ContentStore store = new ContentStore(settings.modelCache());
        Clock clock = Clock.systemUTC();
        return TrainerService.start(
                settings,
                TrainerParts.of(settings, store, clock),
                store,
                clock,
                run -> LOG.info("{}", RunLine.of(run)));
    }

    /** Whichever trainer leads takes the request; that may be ours. */
    private int once(TrainerSettings settings, String task, Shutdown shutdown) throws InterruptedException {
        try (RequestedRun requested = RequestedRun.ask(settings, task, Clock.systemUTC())) {
            shell.out().println("asked for " + requested.runId());
            RunState told = RunState.STARTED;
            while (!shutdown.await(Duration.ZERO)) {
                Optional<TrainerRun> news = requested.poll(POLL);
                if (news.isPresent() && (news.get().getState() != told || RequestedRun.isOver(news.get()))) {
                    told = news.get().getState();
                    shell.out().println(RunLine.of(news.get()));
                }
                if (news.isPresent() && RequestedRun.isOver(news.get())) {
                    return told == RunState.PUBLISHED ? 0 : 1;
                }
            }
        }
        return 1;
    }
}
