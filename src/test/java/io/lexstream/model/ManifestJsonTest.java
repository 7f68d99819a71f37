package io.lexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.ModelManifest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestJsonTest {
    private static final String SHORTEST = """
            {
              "task": "spam", "name": "by hand", "version": "1",
              "files": [{"role": "GRAPH", "path": "model.onnx", "sha256": "00", "bytes": 3}]
            }
            """;

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        ModelManifest manifest = Samples.manifest("spam", "1");
        manifest.setCreatedAt(Instant.ofEpochMilli(1_700_000_000_123L));
        manifest.getFiles().get(0).setChunkOffsets(List.of(4L, 5L));

        ModelManifest read = ManifestJson.parse(ManifestJson.format(manifest));

        assertThat(read).isEqualTo(manifest);
    }

    @Test
    void aDraftIsWhatADefaultedManifestIs() throws Exception {
        ModelManifest draft = ManifestJson.draft("spam", "by hand", "1");

        draft.setFiles(ManifestJson.parse(SHORTEST).getFiles());

        assertThat(draft).isEqualTo(ManifestJson.parse(SHORTEST));
    }

    @Test
    void whatHasADefaultMayBeLeftOut() throws Exception {
        ModelManifest manifest = ManifestJson.parse(SHORTEST);

        assertThat(manifest.getFormatVersion()).isEqualTo(1);
        assertThat(manifest.getKind()).isEqualTo("classification");
        assertThat(manifest.getGoldenTolerance()).isEqualTo(0.02);
        assertThat(manifest.getCreatedAt()).isEqualTo(Instant.EPOCH);
        assertThat(manifest.getMetrics()).isEmpty();
        assertThat(manifest.getFiles().get(0).getChunkOffsets()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "name": "by hand"  | "nme": "by hand"             | unknown field 'nme'; did you mean 'name'?
            "bytes": 3         | "bytes": 3, "sha": "00"      | unknown field 'files[0].sha'; did you mean 'sha256'?
            "bytes": 3         | "bytes": 3, "colour": "red"  | unknown field 'files[0].colour'
            "task": "spam",    | ^^                           | field 'task' is missing
            , "bytes": 3       | ^^                           | field 'files[0].bytes' is missing
            "bytes": 3         | "bytes": "3"                 | 'files[0].bytes' must be long, is string
            "bytes": 3         | "bytes": 3.5                 | 'files[0].bytes' must be long, is number
            "bytes": 3         | "bytes": 99999999999999999999 | 'files[0].bytes' must be long
            "bytes": 3         | "bytes": null                | 'files[0].bytes' must be long, is null
            "version": "1"     | "version": 1                 | 'version' must be string, is number
            "role": "GRAPH"    | "role": "BODY"               | 'files[0].role' is 'BODY', known are [OTHER, GRAPH
            "version": "1"     | "version": "1", "metrics": {"f1": "high"} | 'metrics.f1' must be double, is string
            "version": "1"     | "version": "1", "metrics": {"f1": NaN}    | not JSON at line 2
            "version": "1"     | "version": "1", "version": "2" | Duplicate field 'version'
            3}]                | 3}                           | not JSON at line 4
            """)
    void aMistakeIsNamedWithItsPlace(String right, String wrong, String message) {
        String text = SHORTEST.replace(right, wrong == null ? "" : wrong);

        assertThatThrownBy(() -> ManifestJson.parse(text))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void textBehindTheManifestIsRefused() {
        assertThatThrownBy(() -> ManifestJson.parse(SHORTEST + SHORTEST)).isInstanceOf(ModelRejectedException.class);
        assertThatThrownBy(() -> ManifestJson.parse("")).isInstanceOf(ModelRejectedException.class);
        assertThatThrownBy(() -> ManifestJson.parse("[]")).isInstanceOf(ModelRejectedException.class);
    }
}
