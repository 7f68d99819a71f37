package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.model.ModelRejectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationLanguagesTest {
    @TempDir
    Path directory;

    @Test
    void aConfigurationNamesThemBesideWhatOthersWroteThere() throws Exception {
        Path config = config("""
                {"model_type": "marian",
                 "lexstream": {"source_languages": ["de", "fr"], "target_language": "en", "masks": false}}""");

        assertThat(TranslationLanguages.read(config))
                .contains(new TranslationLanguages(Set.of("de", "fr"), "en", false));
    }

    @Test
    void aConfigurationOfOthersNamesNone() throws Exception {
        assertThat(TranslationLanguages.read(config("{\"model_type\": \"marian\"}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"lexstream\": {}}",
                "{\"lexstream\": {\"source_languages\": [\"de\"]}}",
                "{\"lexstream\": {\"source_languages\": [], \"target_language\": \"en\"}}",
                "{\"lexstream\": {\"source_languages\": [\"German\"], \"target_language\": \"en\"}}",
                "{\"lexstream\": {\"source_languages\": [\"en\"], \"target_language\": \"en\"}}"
            })
    void aHalfConfigurationIsRefused(String json) throws Exception {
        Path config = config(json);

        assertThatThrownBy(() -> TranslationLanguages.read(config))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("config.json");
    }

    private Path config(String json) throws Exception {
        return Files.writeString(directory.resolve("config.json"), json);
    }
}
