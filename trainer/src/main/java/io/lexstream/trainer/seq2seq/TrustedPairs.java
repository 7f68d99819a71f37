package io.lexstream.trainer.seq2seq;

import com.fasterxml.jackson.databind.JsonNode;
import io.lexstream.model.ModelPackage;
import io.lexstream.trainer.CorpusSplit;
import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.ParallelTexts;
import io.lexstream.trainer.ReadOptions;
import io.lexstream.trainer.Summaries;
import io.lexstream.trainer.TextPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the operator's own translations and summaries, which versions are measured on.
 *
 * <p>Translations are columns separated by tabs, the text first; JSON lines with {@code source} and {@code target}; or
 * JSON lines with a key for each language of the model, such as the feedback corpus, of which only the messages count
 * that are kept back for development. Summaries are JSON lines or a table with {@code document} and {@code summary}.
 */
public final class TrustedPairs {
    private static final ReadOptions KEYS = new ReadOptions(List.of("source"), "target", true, OptionalInt.empty());
    private static final long SEED = 1; // no file is sampled

    private TrustedPairs() {}

    /** @throws io.lexstream.trainer.DataException if a file is not there, or not of these forms */
    public static List<TextPairs> read(GenerationTask task, List<Path> files, ModelPackage model) throws IOException {
        List<TextPairs> pairs = new ArrayList<>();
        for (Path file : files) {
            if (task == GenerationTask.SUMMARY) {
                pairs.add(Summaries.read(DataFile.of(file).with(Summaries.COLUMNS), SEED));
            } else {
                pairs.addAll(translations(file, Languages.of(model)));
            }
        }
        return pairs;
    }

    private static List<TextPairs> translations(Path file, Optional<Languages> languages) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.matches(".*\\.(jsonl?|ndjson)(\\.gz)?")) {
            return List.of(ParallelTexts.read(DataFile.of(file).with(ParallelTexts.columns(1)), SEED));
        }
        JsonNode first = PairReader.firstRow(file);
        if (languages.isEmpty() || first.has("source")) {
            return List.of(ParallelTexts.read(DataFile.of(file).with(KEYS), SEED));
        }
        PairSource whole = new PairSource(file, Integer.MAX_VALUE, 1);
        return new PairReader(languages.get(), 1, SEED)
                .read(List.of(whole), CorpusSplit.DEV).stream()
                        .map(PairRows::pairs)
                        .toList();
    }
}
