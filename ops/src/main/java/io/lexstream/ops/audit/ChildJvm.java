package io.lexstream.ops.audit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start another process of this program.
 *
 * @param java the Java launcher
 * @param classPath what this program was started with; handed on by the environment, because ONNX Runtime 1.29 dies in
 *     a process with a long command line
 */
public record ChildJvm(Path java, String classPath) {
    private static final List<String> OPTIONS = List.of(
            "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-Dai.djl.offline=true");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MALLOC_ARENA_MAX", "2",
            "MALLOC_TRIM_THRESHOLD_", "131072",
            "MALLOC_MMAP_THRESHOLD_", "131072",
            "OPT_OUT_TRACKING", "true");

    /** The Java and the classes that run this. */
    public static ChildJvm likeThisOne() {
        return new ChildJvm(
                Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"));
    }

    /**
     * Starts a main class; what it prints is added to {@code log}.
     *
     * @param crashReports where the JVM leaves a report if native code crashes it
     */
    Process start(List<String> command, Path log, Path crashReports) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.addAll(OPTIONS);
        line.add("-XX:ErrorFile=" + crashReports.resolve("hs_err_%p.log"));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        // Settings of whoever started the audit are not the audit's.
        environment.keySet().removeIf(name -> name.startsWith("LEXSTREAM_"));
        environment.putAll(ENVIRONMENT);
        environment.put("CLASSPATH", classPath);
        return builder.start();
    }
}
