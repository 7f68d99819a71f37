package io.lexstream.ops;

import io.lexstream.ops.terminal.Style;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands as a user would, without a process: text in, exit code and texts out. */
final class ShellFixture {
    /** Base encoders are unpacked once for all tests: that takes seconds. */
    static final String MODEL_CACHE =
            Path.of("target", "model-cache").toAbsolutePath().toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path home;
    private int exitCode = -1;

    /** @param home everything that commands keep on their own goes below it */
    ShellFixture(Path home) {
        this.home = home;
    }

    int run(String input, String... arguments) {
        Shell shell = new Shell(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Style.PLAIN,
                Map.of("HOME", home.toString(), "LEXSTREAM_MODEL_CACHE_DIR", MODEL_CACHE));
        exitCode = Lexstream.run(shell, arguments);
        return exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    String out() {
        return out.toString();
    }

    List<String> lines() {
        return out.toString().lines().toList();
    }

    String err() {
        return err.toString();
    }
}
