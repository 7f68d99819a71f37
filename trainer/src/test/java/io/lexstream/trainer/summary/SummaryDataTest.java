package io.lexstream.trainer.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.trainer.DataException;
import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.FitOptions;
import io.lexstream.trainer.Summaries;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TrainingRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryDataTest {
    @TempDir
    Path directory;

    @Test
    void noTextIsInTwoParts() throws IOException {
        Path train = write("a/train", 0, 10);
        Path dev = write("a/dev", 8, 14);
        Path test = write("a/test", 12, 16);

        SummaryData data = SummaryData.read(request(List.of(train), List.of(dev), List.of(test)));

        assertThat(sizes(data.test())).containsExactly(4);
        assertThat(sizes(data.dev())).containsExactly(4);
        assertThat(sizes(data.train())).containsExactly(8);
    }

    @Test
    void aSourceWithoutDevelopmentTextsHoldsSomeOut() throws IOException {
        Path train = write("b/train", 0, 200);

        SummaryData data = SummaryData.read(request(List.of(train), List.of(), List.of()));

        assertThat(data.dev()).extracting(TextPairs::name).containsExactly("b/train (held out)");
        assertThat(sizes(data.dev()).get(0)).isBetween(5, 40);
        assertThat(sizes(data.train()).get(0) + sizes(data.dev()).get(0)).isEqualTo(200);
    }

    @Test
    void tooFewTextsAreRefused() throws IOException {
        Path same = write("c/train", 0, 3);

        assertThatThrownBy(() -> SummaryData.read(request(List.of(same), List.of(same), List.of())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("too few texts");
    }

    private Path write(String name, int from, int to) throws IOException {
        Path file = directory.resolve(name + ".jsonl");
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file,
                IntStream.range(from, to)
                        .mapToObj(i -> "{\"document\":\"Text %d.\",\"summary\":\"S\"}\n".formatted(i))
                        .collect(Collectors.joining()));
    }

    private static List<Integer> sizes(List<TextPairs> files) {
        return files.stream().map(file -> file.rows().size()).toList();
    }

    private static TrainingRequest<FitOptions> request(List<Path> train, List<Path> dev, List<Path> test) {
        return new TrainingRequest<>(
                "summary",
                "1",
                "",
                files(train),
                files(dev),
                files(test),
                Optional.empty(),
                Optional.empty(),
                SummaryTraining.DEFAULTS,
                "");
    }

    private static List<DataFile> files(List<Path> paths) {
        return paths.stream()
                .map(path -> DataFile.of(path).with(Summaries.COLUMNS))
                .toList();
    }
}
