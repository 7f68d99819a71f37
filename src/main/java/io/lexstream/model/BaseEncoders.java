package io.lexstream.model;

import io.lexstream.model.BaseEncoder.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The base encoders that Lexstream knows by digest, and finds on the class path when their artifact is there. */
public final class BaseEncoders {
    private static final String LIST = "base-encoders.properties";

    private final ClassLoader classPath;
    private final List<BaseEncoder> known;

    private BaseEncoders(ClassLoader classPath, List<BaseEncoder> known) {
        this.classPath = classPath;
        this.known = List.copyOf(known);
    }

    public static BaseEncoders onClassPath() {
        var list = new Properties();
        try (InputStream in = Objects.requireNonNull(BaseEncoders.class.getResourceAsStream(LIST), LIST)) {
            list.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + LIST, e);
        }
        List<BaseEncoder> known = Stream.of(value(list, "encoders").split(","))
                .map(name -> read(list, name.trim()))
                .toList();
        return new BaseEncoders(BaseEncoders.class.getClassLoader(), known);
    }

    public List<BaseEncoder> all() {
        return known;
    }

    /** @throws IllegalArgumentException naming those that are known, if there is none of that name */
    public BaseEncoder named(String name) {
        return known.stream()
                .filter(encoder -> encoder.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no base encoder '" + name + "'; known are "
                        + known.stream().map(BaseEncoder::name).toList()));
    }

    /** Whether every Lexstream has that content, so that it need not be published. */
    public boolean isBundled(String sha256) {
        return known.stream()
                .filter(BaseEncoder::bundled)
                .flatMap(BaseEncoders::files)
                .anyMatch(file -> file.sha256().equals(sha256));
    }

    /** The content with that digest, if it is a base encoder's file whose artifact is on the class path. */
    Optional<Content> content(String sha256) {
        return known.stream()
                .flatMap(BaseEncoders::files)
                .filter(file -> file.sha256().equals(sha256))
                .filter(file -> classPath.getResource(file.resource()) != null)
                .map(file -> new Content(classPath, file.resource(), file.bytes()))
                .findFirst();
    }

    private static Stream<File> files(BaseEncoder encoder) {
        return Stream.of(encoder.graphFile(), encoder.tokenizerFile());
    }

    private static BaseEncoder read(Properties list, String name) {
        return new BaseEncoder(
                name,
                Integer.parseInt(value(list, name + ".dimensions")),
                value(list, name + ".pooling"),
                Integer.parseInt(value(list, name + ".max.tokens")),
                value(list, name + ".license"),
                Boolean.parseBoolean(value(list, name + ".bundled")),
                file(list, name + ".graph"),
                file(list, name + ".tokenizer"));
    }

    private static File file(Properties list, String prefix) {
        return new File(
                value(list, prefix + ".resource"),
                value(list, prefix + ".sha256"),
                Long.parseLong(value(list, prefix + ".bytes")));
    }

    private static String value(Properties list, String key) {
        return Objects.requireNonNull(list.getProperty(key), () -> key + " is missing in " + LIST);
    }

    /** A file on the class path. */
    record Content(ClassLoader classPath, String resource, long bytes) {
        InputStream open() throws IOException {
            InputStream content = classPath.getResourceAsStream(resource);
            if (content == null) {
                throw new FileNotFoundException(resource + " is no longer on the class path");
            }
            return content;
        }
    }
}
