package io.lexstream.ops;

import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.ReadOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Where text and label stand in the data files of a command. */
final class ColumnOptions {
    @Option(
            names = "--text-column",
            split = ",",
            defaultValue = "text",
            paramLabel = "COLUMN",
            description = "Key of JSON lines, or column of a table by name or number from 1; several, separated by"
                    + " commas, are joined by line ends (default: ${DEFAULT-VALUE}).")
    private List<String> text = List.of();

    @Option(
            names = "--label-column",
            defaultValue = "label",
            paramLabel = "COLUMN",
            description = "Likewise, the label (default: ${DEFAULT-VALUE}).")
    private String label = "";

    @Option(names = "--no-header", description = "Tables begin with a row, not with the names of their columns.")
    private boolean headless;

    @Option(
            names = "--max-bad-rows",
            paramLabel = "N",
            description = "Bad rows of a file that are skipped before it is refused (default: 20, or a tenth).")
    private Optional<Integer> maxBadRows = Optional.empty();

    /** {@code FILE} or {@code FILE:ROWS}, read by these columns. */
    DataFile file(String argument) {
        OptionalInt forgiven = maxBadRows.map(OptionalInt::of).orElse(OptionalInt.empty());
        return DataFile.parse(argument).with(new ReadOptions(text, label, !headless, forgiven));
    }
}
