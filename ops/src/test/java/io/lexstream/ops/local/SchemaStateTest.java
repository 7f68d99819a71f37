package io.lexstream.ops.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaStateTest {
    private final SchemaState state = new SchemaState();

    @Test
    void anIdIsNotGivenAgainAfterItsSchemaWasRemoved() {
        state.put(version("a", 1, 7, "\"int\""));

        state.remove("a", 1);

        assertThat(state.schema(7)).isEmpty();
        assertThat(state.idFor("\"int\"")).isEqualTo(8);
    }

    @Test
    void aSchemaStaysWhileAnotherSubjectHasIt() {
        state.put(version("a", 1, 7, "\"int\""));
        state.put(version("b", 1, 7, "\"int\""));

        state.remove("a", 1);

        assertThat(state.schema(7)).contains("\"int\"");
        assertThat(state.idFor("\"int\"")).isEqualTo(7);
    }

    @Test
    void deletingASubjectHidesOnlyTheVersionsThatItHadThen() {
        state.put(version("a", 1, 1, "\"int\""));
        state.put(version("a", 2, 2, "\"long\""));

        new SchemaChange.SubjectDeleted("a", 1).applyTo(state);

        assertThat(state.versions("a")).extracting(RegisteredSchema::deleted).containsExactly(true, false);
    }

    private static RegisteredSchema version(String subject, int version, int id, String schema) {
        return new RegisteredSchema(subject, version, id, schema, false);
    }
}
