package io.lexstream.ops.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityLevelTest {
    private static final Schema ONE_FIELD =
            SchemaBuilder.record("R").fields().requiredString("a").endRecord();
    private static final Schema OPTIONAL_ADDED = SchemaBuilder.record("R")
            .fields()
            .requiredString("a")
            .optionalString("b")
            .endRecord();
    private static final Schema REQUIRED_ADDED = SchemaBuilder.record("R")
            .fields()
            .requiredString("a")
            .requiredString("b")
            .endRecord();

    @ParameterizedTest
    @CsvSource({
        "NONE, true, true",
        "BACKWARD, false, true",
        "BACKWARD_TRANSITIVE, false, true",
        "FORWARD, true, false",
        "FORWARD_TRANSITIVE, true, false",
        "FULL, false, false",
        "FULL_TRANSITIVE, false, false"
    })
    void eachLevelAllowsItsDirectionOnly(CompatibilityLevel level, boolean adding, boolean removing) {
        assertThat(level.objections(REQUIRED_ADDED, List.of(ONE_FIELD)).isEmpty())
                .isEqualTo(adding);
        assertThat(level.objections(ONE_FIELD, List.of(REQUIRED_ADDED)).isEmpty())
                .isEqualTo(removing);
        assertThat(level.objections(OPTIONAL_ADDED, List.of(ONE_FIELD))).isEmpty();
    }

    @Test
    void onlyATransitiveLevelLooksBehindTheLatestVersion() {
        List<Schema> earlier = List.of(ONE_FIELD, OPTIONAL_ADDED);
        Schema candidate = SchemaBuilder.record("R")
                .fields()
                .requiredString("a")
                .name("b")
                .type()
                .unionOf()
                .nullType()
                .and()
                .stringType()
                .endUnion()
                .noDefault()
                .endRecord();

        assertThat(CompatibilityLevel.BACKWARD.objections(candidate, earlier)).isEmpty();
        assertThat(CompatibilityLevel.BACKWARD_TRANSITIVE.objections(candidate, earlier))
                .singleElement()
                .asString()
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void anUnknownLevelIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> CompatibilityLevel.of("backward"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("'backward'")
                .hasMessageContaining("BACKWARD_TRANSITIVE");
    }
}
