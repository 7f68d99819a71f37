package io.lexstream.trainer.gate;

import io.lexstream.inference.Classification;
import io.lexstream.trainer.ClassificationMetrics;
import io.lexstream.trainer.ClassificationReport;
import io.lexstream.trainer.Scored;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What one model said of some rows. The label is the plain argmax, over all labels that the model has: that is what is
 * served.
 */
record Answers(List<HeldOut.Row> rows, List<Classification> said) {
    Answers {
        rows = List.copyOf(rows);
        said = List.copyOf(said);
        if (rows.size() != said.size()) {
            throw new IllegalArgumentException(rows.size() + " rows, " + said.size() + " answers");
        }
    }

    boolean right(int row) {
        return said.get(row).label().equals(rows.get(row).label());
    }

    double confidence(int row) {
        return said.get(row).confidence();
    }

    Answers part(List<Integer> indexes) {
        return new Answers(
                indexes.stream().map(rows::get).toList(),
                indexes.stream().map(said::get).toList());
    }

    Answers first(int count) {
        return part(IntStream.range(0, count).boxed().toList());
    }

    /** The labels that the rows have, in order of appearance. */
    List<String> labels() {
        Set<String> labels = new LinkedHashSet<>();
        rows.forEach(row -> labels.add(row.label()));
        return List.copyOf(labels);
    }

    /** Of at least one row. */
    ClassificationReport report() {
        List<Scored> scored = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            scored.add(new Scored(rows.get(row).label(), said.get(row).label(), confidence(row)));
        }
        return ClassificationMetrics.measure("held out", 0, labels(), scored);
    }

    /** Share of rows on which both say the same. */
    double agreement(Answers other) {
        int same = 0;
        for (int row = 0; row < said.size(); row++) {
            same += said.get(row).label().equals(other.said.get(row).label()) ? 1 : 0;
        }
        return said.isEmpty() ? 1 : same / (double) said.size();
    }
}
