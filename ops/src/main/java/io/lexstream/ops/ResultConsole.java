package io.lexstream.ops;

import io.lexstream.ops.demo.DemoMessages;
import io.lexstream.ops.demo.EnrichedEvent;
import io.lexstream.ops.demo.ResultLines;
import io.lexstream.ops.demo.ResultStream;
import io.lexstream.ops.records.DeadLetterHeaders;
import java.time.Clock;

/** Prints results and counts the whole ones. The text of other programs' events is not shown, only their id. */
final class ResultConsole implements ResultStream.Listener {
    private final Shell shell;
    private final ResultLines lines;
    private final DemoMessages messages;
    private final Clock clock;
    private long wanted;

    /** @param wanted whole events after which there are enough */
    ResultConsole(Shell shell, ResultLines lines, DemoMessages messages, Clock clock, long wanted) {
        this.shell = shell;
        this.lines = lines;
        this.messages = messages;
        this.clock = clock;
        this.wanted = wanted;
    }

    @Override
    public void enriched(EnrichedEvent event) {
        if (!satisfied()) {
            String shown = messages.text(event.id()).orElse(event.id());
            shell.out().println(lines.line(event, shown, clock.instant()));
            wanted--;
        }
    }

    @Override
    public void dead(String key, DeadLetterHeaders deadLetter) {
        shell.out().println(lines.line(key, deadLetter, clock.instant()));
    }

    boolean satisfied() {
        return wanted <= 0;
    }
}
