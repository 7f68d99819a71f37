package io.lexstream.trainer.service;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lexstream.model.Folders;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * What a run keeps on disk: its rows, its checkpoints, the package that it makes. It holds people's texts, so it is
 * removed when the run is over.
 */
final class RunDirectory {
    private static final String PROVENANCE = "provenance.properties";
    private static final String ATTEMPTS = "attempts";
    private static final ObjectWriter ROW_WRITER = new JsonMapper().writerFor(TrainingRow.class);
    private static final ObjectReader ROW_READER = new JsonMapper().readerFor(TrainingRow.class);

    private final Path directory;

    RunDirectory(Path runs, String runId) {
        this.directory = runs.resolve(runId);
    }

    /** How often the run was begun or gone on with; empty if its rows are not here, whole. */
    OptionalInt attempts() throws IOException {
        if (!Files.exists(directory.resolve(PROVENANCE)) || !Files.exists(directory.resolve(ATTEMPTS))) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(
                    Files.readString(directory.resolve(ATTEMPTS)).strip()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    void countAttempt() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(ATTEMPTS), String.valueOf(attempts().orElse(0) + 1));
    }

    /** Writes the rows; the provenance comes last, and says that they are all there. */
    void save(RunData data) throws IOException {
        Files.createDirectories(directory);
        write("labels", data.labels());
        write("labels-dev", data.labelsDev());
        write("rehearsal", data.rehearsal());
        write("rehearsal-dev", data.rehearsalDev());
        write("held-out", data.heldOut());
        Properties provenance = new Properties();
        provenance.putAll(data.provenance());
        Path part = directory.resolve(PROVENANCE + ".part");
        try (Writer writer = Files.newBufferedWriter(part)) {
            provenance.store(writer, null);
        }
        Files.move(
                part,
                directory.resolve(PROVENANCE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    boolean isSaved() {
        return Files.exists(directory.resolve(PROVENANCE));
    }

    RunData load() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(PROVENANCE))) {
            properties.load(reader);
        }
        Map<String, String> provenance = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> provenance.put(name, properties.getProperty(name)));
        return new RunData(
                read("labels"),
                read("labels-dev"),
                read("rehearsal"),
                read("rehearsal-dev"),
                read("held-out"),
                provenance);
    }

    Path checkpoints() throws IOException {
        return Files.createDirectories(directory.resolve("checkpoints"));
    }

    /** Where the package is written: an empty place, whatever an earlier attempt has left there. */
    Path freshPackage() throws IOException {
        Folders.deleteAll(packagePlace());
        return packagePlace();
    }

    /** Where the package is written again, with its card. */
    Path freshRelease() throws IOException {
        Path place = directory.resolve("release");
        Folders.deleteAll(place);
        return place;
    }

    Path packagePlace() {
        return directory.resolve("package");
    }

    void delete() throws IOException {
        Folders.deleteAll(directory);
    }

    private void write(String name, List<TrainingRow> rows) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file(name))) {
            for (TrainingRow row : rows) {
                writer.write(ROW_WRITER.writeValueAsString(row));
                writer.newLine();
            }
        }
    }

    private List<TrainingRow> read(String name) throws IOException {
        List<TrainingRow> rows = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file(name));
                MappingIterator<TrainingRow> values = ROW_READER.readValues(reader)) {
            while (values.hasNext()) {
                rows.add(values.next());
            }
        }
        return rows;
    }

    private Path file(String name) {
        return directory.resolve(name + ".jsonl");
    }
}
