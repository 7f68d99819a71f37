package io.lexstream.ops.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** An embedded broker in a process of its own, so that a test can kill it. */
final class BrokerProcess implements AutoCloseable {
    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    static BrokerProcess start(Path directory) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                BrokerProcess.class.getName(),
                directory.toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String bootstrapServers = output.readLine();
        if (bootstrapServers == null) {
            throw new IOException("the broker process ended before it served");
        }
        return new BrokerProcess(process, bootstrapServers);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    long pid() {
        return process.pid();
    }

    /** kill -9. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The child's side: serves until it is killed. */
    public static void main(String[] args) throws Exception {
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(Path.of(args[0])))) {
            System.out.println(kafka.bootstrapServers());
            new CountDownLatch(1).await();
        }
    }
}
