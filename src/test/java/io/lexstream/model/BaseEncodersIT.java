package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.schemas.ModelFile;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of base encoders against the artifacts themselves. */
class BaseEncodersIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bge-small-en-v1.5", "all-minilm-l6-v2"})
    void aBaseEncoderIsFoundByItsDigests(String name) throws Exception {
        var store = new ContentStore(directory);
        BaseEncoder encoder = BaseEncoders.onClassPath().named(name);

        for (ModelFile file : new ModelFile[] {encoder.graph(), encoder.tokenizer()}) {
            Path content = store.find(file.getSha256()).orElseThrow();

            assertThat(content).hasSize(file.getBytes());
            assertThat(Sha256.of(content)).isEqualTo(file.getSha256());
        }
    }
}
