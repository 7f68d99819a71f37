package io.lexstream.trainer.seq2seq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lexstream.trainer.CorpusSplit;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.ParallelTexts;
import io.lexstream.trainer.ReadOptions;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.corpus.FeedbackGrammar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;

/**
 * Reads what is to be trained on, whichever of three forms it has: columns separated by tabs; JSON lines with a key for
 * each language, of which each source language that there is gives its own pairs; a {@link FeedbackGrammar} (.txt),
 * which makes messages.
 */
final class PairReader {
    private static final int GRAMMAR_MESSAGES = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Languages languages;
    private final int sourceColumn;
    private final long seed;

    /** @param sourceColumn of tables, from 1 */
    PairReader(Languages languages, int sourceColumn, long seed) {
        this.languages = languages;
        this.sourceColumn = sourceColumn;
        this.seed = seed;
    }

    /** @param part of files whose messages have ids, and of grammars: what is kept back there for development is */
    List<PairRows> read(List<PairSource> sources, CorpusSplit part) throws IOException {
        List<PairRows> rows = new ArrayList<>();
        for (PairSource source : sources) {
            String name = String.valueOf(source.path().getFileName()).toLowerCase(Locale.ROOT);
            if (name.endsWith(".txt")) {
                rows.addAll(made(source, part));
            } else if (name.matches(".*\\.(jsonl?|ndjson)(\\.gz)?")) {
                rows.addAll(parallel(source, part));
            } else {
                DataFile file = new DataFile(source.path(), source.maxRows(), ParallelTexts.columns(sourceColumn));
                rows.add(new PairRows(ParallelTexts.read(file, seed), source.weight()));
            }
        }
        return rows;
    }

    private List<PairRows> parallel(PairSource source, CorpusSplit part) throws IOException {
        JsonNode first = firstRow(source.path());
        List<PairRows> rows = new ArrayList<>();
        for (String language : languages.sources()) {
            if (first.has(language)) {
                ReadOptions keys = new ReadOptions(List.of(language), languages.target(), true, OptionalInt.empty());
                DataFile file = new DataFile(source.path(), source.maxRows(), keys);
                TextPairs pairs = ParallelTexts.read(file, Optional.of(part), seed);
                rows.add(new PairRows(named(pairs, language), source.weight()));
            }
        }
        if (rows.isEmpty()) {
            throw new DataException(source.path() + ": its first row has none of the keys " + languages.sources());
        }
        return rows;
    }

    private List<PairRows> made(PairSource source, CorpusSplit part) throws IOException {
        String content = Files.readString(source.path());
        int count = source.maxRows() == Integer.MAX_VALUE ? GRAMMAR_MESSAGES : source.maxRows();
        var messages = FeedbackGrammar.read(source.path()).messages(count, part != CorpusSplit.TRAIN, seed);
        List<PairRows> rows = new ArrayList<>();
        for (String language : languages.sources()) {
            List<TextPair> pairs = new ArrayList<>();
            for (var message : messages) {
                String from = message.texts().get(language);
                String into = message.texts().get(languages.target());
                if (from != null && into != null) {
                    pairs.add(new TextPair(from, into));
                }
            }
            String name = source.path().getFileName() + "/" + count;
            TextPairs made = new TextPairs(name, TextPlace.name(content), pairs, List.of());
            rows.add(new PairRows(named(made, language), source.weight()));
        }
        return rows;
    }

    private static TextPairs named(TextPairs pairs, String language) {
        return new TextPairs(pairs.name() + " " + language, pairs.sha256(), pairs.rows(), pairs.skipped());
    }

    static JsonNode firstRow(Path file) throws IOException {
        try (InputStream stored = Files.newInputStream(file);
                InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(stored) : stored;
                var lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    return JSON.readTree(line);
                }
            }
            throw new DataException(file + " is empty");
        } catch (NoSuchFileException e) {
            throw new DataException(file + ": no such file", e);
        } catch (JsonProcessingException e) {
            throw new DataException(file + ": its first row is not JSON", e);
        }
    }
}
