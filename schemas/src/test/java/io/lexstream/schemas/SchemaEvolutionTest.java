package io.lexstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contracts of today against those of every release: records go both ways between all of them. */
class SchemaEvolutionTest {
    private static final Path CURRENT = Path.of("src/main/avro");
    private static final Path RELEASED = Path.of("src/test/released");
    private static final SchemaValidator BOTH_WAYS =
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

    static Stream<Path> releases() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyReleasedRecordIsStillReadableAndItsReadersCanReadOurs(Path release) throws IOException {
        Map<String, Schema> current = records(CURRENT);
        Map<String, Schema> released = records(release);

        assertThat(current.keySet()).containsAll(released.keySet());
        released.forEach((name, schema) -> assertThatCode(
                        () -> BOTH_WAYS.validate(Objects.requireNonNull(current.get(name)), List.of(schema)))
                .as(name)
                .doesNotThrowAnyException());
    }

    @Test
    void aFieldWithoutDefaultWouldBeFound() {
        Schema released = TextEvent.SCHEMA$;
        List<Schema.Field> fields = new ArrayList<>(released.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList());
        fields.add(new Schema.Field("mood", Schema.create(Schema.Type.STRING)));
        Schema changed =
                Schema.createRecord(released.getName(), released.getDoc(), released.getNamespace(), false, fields);

        assertThatThrownBy(() -> BOTH_WAYS.validate(changed, List.of(released)))
                .isInstanceOf(SchemaValidationException.class);
    }

    @Test
    void everyRecordAndEveryFieldSaysWhatItIs() throws IOException {
        List<String> silent = new ArrayList<>();
        Set<Schema> seen = new HashSet<>();
        records(CURRENT).values().forEach(schema -> collectSilent(schema, seen, silent));

        assertThat(seen).hasSizeGreaterThan(8);
        assertThat(silent).isEmpty();
    }

    @Test
    void theSamplesCoverEveryRecord() throws IOException {
        Set<String> sampled = new HashSet<>(Set.of(ModelRef.class.getName()));
        Samples.all().forEach(record -> sampled.add(record.getSchema().getFullName()));

        assertThat(sampled).isEqualTo(records(CURRENT).keySet());
    }

    /** The top-level records of a folder, by full name. */
    private static Map<String, Schema> records(Path folder) throws IOException {
        Schema.Parser parser = new Schema.Parser();
        Schema modelRef = parser.parse(folder.resolve("ModelRef.avsc").toFile());
        Map<String, Schema> records = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Schema schema = file.endsWith("ModelRef.avsc") ? modelRef : parser.parse(file.toFile());
                records.put(schema.getFullName(), schema);
            }
        }
        return records;
    }

    private static void collectSilent(Schema schema, Set<Schema> seen, List<String> silent) {
        switch (schema.getType()) {
            case RECORD -> {
                if (!seen.add(schema)) {
                    return;
                }
                if (isBlank(schema.getDoc())) {
                    silent.add(schema.getFullName());
                }
                for (Schema.Field field : schema.getFields()) {
                    if (isBlank(field.doc())) {
                        silent.add(schema.getFullName() + "." + field.name());
                    }
                    collectSilent(field.schema(), seen, silent);
                }
            }
            case ARRAY -> collectSilent(schema.getElementType(), seen, silent);
            case MAP -> collectSilent(schema.getValueType(), seen, silent);
            case UNION -> schema.getTypes().forEach(type -> collectSilent(type, seen, silent));
            default -> {}
        }
    }

    private static boolean isBlank(@Nullable String doc) {
        return doc == null || doc.isBlank();
    }
}
