package io.lexstream.ops;

import io.lexstream.ops.terminal.Style;
import io.lexstream.processors.ProcessorSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command was started in.
 *
 * @param in its standard input
 * @param out its standard output, UTF-8 whatever the locale; flushed at each end of a line on a terminal only
 * @param err its standard error
 * @param style how {@code out} may look
 * @param environment its environment variables
 */
record Shell(InputStream in, PrintWriter out, PrintWriter err, Style style, Map<String, String> environment) {
    Shell {
        environment = Map.copyOf(environment);
    }

    static Shell ofProcess() {
        Map<String, String> environment = System.getenv();
        Style style = Style.of(Integer.getInteger("lexstream.columns", 0), environment.containsKey("NO_COLOR"));
        return new Shell(System.in, writer(FileDescriptor.out), writer(FileDescriptor.err), style, environment);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        OutputStream stream = new FileOutputStream(descriptor);
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Where local mode keeps its data unless told otherwise. */
    Path defaultDataDirectory() {
        String stateHome = environment.getOrDefault("XDG_STATE_HOME", "");
        Path states = stateHome.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", "."), ".local", "state")
                : Path.of(stateHome);
        return states.resolve("lexstream").toAbsolutePath();
    }

    /** Where fetched model files and unpacked base encoders are kept. */
    Path modelCache() {
        return ProcessorSettings.of(Map.of(), environment).modelCache();
    }

    /** Where the packages in the jar are unpacked. */
    Path starterCache() {
        return modelCache().resolveSibling("starter");
    }

    /** Where trainings keep what they computed of texts. */
    Path featureCache() {
        return modelCache().resolveSibling("features");
    }
}
