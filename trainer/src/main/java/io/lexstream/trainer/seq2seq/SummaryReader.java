package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.DataFile;
import io.lexstream.trainer.ReadOptions;
import io.lexstream.trainer.Summaries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads files of texts and their summaries. */
record SummaryReader(ReadOptions columns, long seed) {
    List<PairRows> read(List<PairSource> sources) throws IOException {
        List<PairRows> rows = new ArrayList<>();
        for (PairSource source : sources) {
            DataFile file = new DataFile(source.path(), source.maxRows(), columns);
            rows.add(new PairRows(Summaries.read(file, seed), source.weight()));
        }
        return rows;
    }
}
