package io.lexstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
    @TempDir
    Path directory;

    @Test
    void noTextIsInTwoParts() throws IOException {
        DataFile test = file("test", List.of("1 a", "2 b"));
        DataFile dev = file("dev", List.of("2 b", "3 a", "3 a", "4 b"));
        DataFile train = file("train", List.of("1 a", "4 b", "5 a", "6 b", "5 a"));

        TrainingData data = TrainingData.read(List.of(train), List.of(dev), List.of(test), 0, 1);

        assertThat(data.test().get(0).texts()).containsExactly("text 1", "text 2");
        assertThat(data.dev().get(0).texts()).containsExactly("text 3", "text 4");
        assertThat(data.train().get(0).texts()).containsExactly("text 5", "text 6");
        assertThat(data.labels()).containsExactly("a", "b");
    }

    @Test
    void aShareIsHeldOutWhereNoDevelopmentFileOfTheSourceIsNamed() throws IOException {
        DataFile train = file(
                "train",
                IntStream.range(0, 2000)
                        .mapToObj(i -> i + (i % 2 == 0 ? " a" : " b"))
                        .toList());

        TrainingData data = TrainingData.read(List.of(train), List.of(), List.of(), 0.1, 1);
        TrainingData withDev =
                TrainingData.read(List.of(train), List.of(file("dev", List.of("3000 a", "3001 b"))), List.of(), 0.1, 1);

        assertThat(data.dev().get(0).rows().size()).isBetween(150, 250);
        assertThat(data.train().get(0).rows())
                .hasSize(2000 - data.dev().get(0).rows().size());
        assertThat(data.train().get(0).texts())
                .doesNotContainAnyElementsOf(data.dev().get(0).texts());
        assertThat(withDev.train().get(0).rows()).hasSize(2000);
        assertThat(withDev.dev()).hasSize(1);
    }

    @Test
    void aSampleDoesNotDependOnTheOrderAndASmallerOneIsPartOfIt() {
        List<LabeledText> rows = new ArrayList<>(IntStream.range(0, 500)
                .mapToObj(i -> new LabeledText("text " + i, "a"))
                .toList());
        LabeledTexts file = new LabeledTexts("f", "", rows, List.of());
        Collections.reverse(rows);
        LabeledTexts reversed = new LabeledTexts("f", "", rows, List.of());

        LabeledTexts hundred = file.sample(100, 7);

        assertThat(hundred.rows()).hasSize(100);
        assertThat(reversed.sample(100, 7).rows()).containsExactlyInAnyOrderElementsOf(hundred.rows());
        assertThat(hundred.rows()).containsAll(file.sample(20, 7).rows());
        assertThat(file.sample(100, 8).rows()).isNotEqualTo(hundred.rows());
        assertThat(file.sample(500, 7)).isSameAs(file);
    }

    @Test
    void dataThatTrainsNothingIsRefused() throws IOException {
        DataFile oneLabel = file("one", List.of("1 a", "2 a"));
        DataFile twoLabels = file("two", List.of("1 a", "2 b"));
        DataFile otherLabel = file("other", List.of("3 a", "4 c"));

        assertThatThrownBy(() -> TrainingData.read(List.of(oneLabel), List.of(), List.of(), 0.1, 1))
                .hasMessageContaining("at least 2 labels; the training data names [a]");
        assertThatThrownBy(() -> TrainingData.read(List.of(twoLabels), List.of(), List.of(), 0, 1))
                .hasMessageContaining("no development rows");
        assertThatThrownBy(() -> TrainingData.read(List.of(twoLabels), List.of(otherLabel), List.of(), 0, 1))
                .hasMessageContaining("other names labels that the training data does not: [c]");
    }

    @Test
    void aFileMayCarryALimitOfRows() throws IOException {
        Path odd = Files.createFile(directory.resolve("odd:12"));

        assertThat(DataFile.parse("a/b.jsonl.gz:500"))
                .isEqualTo(new DataFile(Path.of("a/b.jsonl.gz"), 500, ReadOptions.DEFAULT));
        assertThat(DataFile.parse("a/b.jsonl")).isEqualTo(DataFile.of(Path.of("a/b.jsonl")));
        assertThat(DataFile.parse(odd.toString())).isEqualTo(DataFile.of(odd));
        assertThatThrownBy(() -> DataFile.parse("a.jsonl:0")).hasMessageContaining("at least 1 row");
    }

    private DataFile file(String name, List<String> rows) throws IOException {
        List<String> lines = rows.stream()
                .map(row -> row.split(" "))
                .map(row -> "{\"text\":\"text %s\",\"label\":\"%s\"}".formatted(row[0], row[1]))
                .toList();
        return DataFile.of(Files.write(directory.resolve(name + ".jsonl"), lines));
    }
}
