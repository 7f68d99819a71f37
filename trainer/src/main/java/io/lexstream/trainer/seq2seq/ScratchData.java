package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.CorpusSplit;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPairs;
import io.lexstream.trainer.TextPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Everything that one training reads, cleaned; no source that is measured on is trained on.
 *
 * @param train cleaned; of translations with noise, and masked
 * @param dev as they are
 * @param devRead as a model reads and writes them: of translations masked
 * @param test as they are
 * @param files what was read, before cleaning
 * @param dropped how many pairs were left out, by reason
 */
record ScratchData(
        List<PairRows> train,
        List<PairRows> dev,
        List<PairRows> devRead,
        List<PairRows> test,
        List<PairRows> files,
        Map<String, Integer> dropped) {

    /** How the rows of one purpose are read, cleaned, and changed before training and before development. */
    private record Ways(
            RowReader reader,
            Function<Set<String>, Cleaning> cleaning,
            UnaryOperator<TextPair> ofTrain,
            UnaryOperator<TextPair> ofDev) {
        static Ways of(Purpose purpose, long seed) {
            if (purpose instanceof Purpose.Translation translation) {
                PairReader reader = new PairReader(translation.languages(), translation.sourceColumn(), seed);
                CaseNoise noise = new CaseNoise(translation.caseNoise());
                return new Ways(
                        reader::read,
                        PairCleaning::new,
                        pair -> PairEncoding.masked(noise.of(pair)),
                        PairEncoding::masked);
            }
            SummaryReader reader = new SummaryReader(((Purpose.Summary) purpose).columns(), seed);
            return new Ways(
                    (sources, part) -> reader.read(sources),
                    SummaryCleaning::new,
                    UnaryOperator.identity(),
                    UnaryOperator.identity());
        }
    }

    private interface RowReader {
        List<PairRows> read(List<PairSource> sources, CorpusSplit part) throws IOException;
    }

    static ScratchData read(ScratchRequest request, long seed, Progress progress) throws IOException {
        Ways ways = Ways.of(request.purpose(), seed);
        List<PairRows> test = ways.reader.read(request.test(), CorpusSplit.TEST);
        List<PairRows> dev = ways.reader.read(request.dev(), CorpusSplit.DEV).stream()
                .filter(rows -> rows.count() > 0)
                .toList();
        List<PairRows> files = ways.reader.read(request.data(), CorpusSplit.TRAIN);
        Set<String> heldBack = new HashSet<>();
        for (List<PairRows> part : List.of(dev, test)) {
            part.forEach(rows -> rows.pairs().sources().forEach(source -> heldBack.add(TextPlace.normal(source))));
        }
        Cleaning cleaning = ways.cleaning.apply(heldBack);
        List<PairRows> train = new ArrayList<>();
        for (PairRows rows : files) {
            List<TextPair> kept = cleaning.clean(rows.pairs().rows()).parallelStream()
                    .map(ways.ofTrain)
                    .toList();
            progress.say(String.format(
                    Locale.ROOT,
                    "  %-40s %,9d rows (%d unusable), %,9d pairs, weight %s",
                    rows.name(),
                    rows.count(),
                    rows.pairs().skipped().size(),
                    kept.size(),
                    rows.weight()));
            if (!kept.isEmpty()) {
                train.add(with(rows, kept));
            }
        }
        cleaning.dropped().forEach((reason, count) -> progress.say("  left out: %,d %s".formatted(count, reason)));
        if (train.isEmpty()) {
            throw new DataException("no pair is left to train on");
        }
        List<PairRows> devRead = dev.stream()
                .map(rows ->
                        with(rows, rows.pairs().rows().stream().map(ways.ofDev).toList()))
                .toList();
        return new ScratchData(train, dev, devRead, test, files, Map.copyOf(cleaning.dropped()));
    }

    /** The texts only: what somebody wrote of them is not asked for. */
    static List<String> golden(ScratchRequest request, long seed) throws IOException {
        List<PairSource> sources =
                request.golden().map(PairSource::parse).map(List::of).orElse(List.of());
        return Ways.of(request.purpose(), seed).reader.read(sources, CorpusSplit.TEST).stream()
                .flatMap(rows -> rows.pairs().sources().stream())
                .toList();
    }

    private static PairRows with(PairRows rows, List<TextPair> pairs) {
        TextPairs old = rows.pairs();
        return new PairRows(new TextPairs(old.name(), old.sha256(), pairs, old.skipped()), rows.weight());
    }

    /** Tells the data apart from any other. */
    String identity() {
        StringBuilder identity = new StringBuilder();
        for (List<PairRows> part : List.of(train, dev)) {
            for (PairRows rows : part) {
                identity.append(
                        "%s %s %d %s%n".formatted(rows.name(), rows.pairs().sha256(), rows.count(), rows.weight()));
            }
        }
        return identity.toString();
    }
}
