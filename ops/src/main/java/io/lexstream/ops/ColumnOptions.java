package io.lexstream.ops;

import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.ParallelTexts;
import io.lexstream.trainer.ReadOptions;
import io.lexstream.trainer.Summaries;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Where text and label stand in the data files of a command. */
final class ColumnOptions {
    @Option(
            names = "--text-column",
            split = ",",
            paramLabel = "COLUMN",
            description = "Key of JSON lines, or column of a table by name or number from 1; several, separated by"
                    + " commas, are joined by line ends (default: text; of summaries document).")
    private List<String> text = List.of();

    @Option(
            names = "--label-column",
            paramLabel = "COLUMN",
            description = "Likewise, the label, or what should be written of the text (default: label; of summaries"
                    + " summary).")
    private Optional<String> label = Optional.empty();

    @Option(names = "--no-header", description = "Tables begin with a row, not with the names of their columns.")
    private boolean headless;

    @Option(
            names = "--max-bad-rows",
            paramLabel = "N",
            description = "Bad rows of a file that are skipped before it is refused (default: 20, or a tenth).")
    private Optional<Integer> maxBadRows = Optional.empty();

    /** Labelled texts: {@code FILE} or {@code FILE:ROWS}, read by these columns. */
    DataFile file(String argument) {
        return file(argument, ReadOptions.DEFAULT);
    }

    /** Texts and their summaries, likewise. */
    DataFile summaries(String argument) {
        return file(argument, Summaries.COLUMNS);
    }

    /**
     * Texts and their translations, likewise.
     *
     * @param sourceColumn from 1; keys of JSON lines are named by the options instead
     */
    DataFile translations(String argument, int sourceColumn) {
        return file(argument, ParallelTexts.columns(sourceColumn));
    }

    /** Where texts and their summaries stand. */
    ReadOptions ofSummaries() {
        return options(Summaries.COLUMNS);
    }

    private DataFile file(String argument, ReadOptions defaults) {
        return DataFile.parse(argument).with(options(defaults));
    }

    private ReadOptions options(ReadOptions defaults) {
        return new ReadOptions(
                text.isEmpty() ? defaults.textColumns() : text,
                label.orElse(defaults.labelColumn()),
                defaults.header() && !headless,
                maxBadRows.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }
}
