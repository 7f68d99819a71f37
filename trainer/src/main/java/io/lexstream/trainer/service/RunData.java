package io.lexstream.trainer.service;

import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.WeightedTexts;
import java.util.List;
import java.util.Map;

/**
 * All rows of a run: what a run that goes on after a crash must find as it was.
 *
 * @param labels to fit to: people's labels
 * @param labelsDev to stop by: people's labels
 * @param rehearsal to fit to: recent texts with the champion's labels
 * @param rehearsalDev to stop by, likewise
 * @param heldOut what the gate measures on
 * @param provenance where the rows come from
 */
record RunData(
        List<TrainingRow> labels,
        List<TrainingRow> labelsDev,
        List<TrainingRow> rehearsal,
        List<TrainingRow> rehearsalDev,
        List<TrainingRow> heldOut,
        Map<String, String> provenance) {
    RunData {
        labels = List.copyOf(labels);
        labelsDev = List.copyOf(labelsDev);
        rehearsal = List.copyOf(rehearsal);
        rehearsalDev = List.copyOf(rehearsalDev);
        heldOut = List.copyOf(heldOut);
        provenance = Map.copyOf(provenance);
    }

    static RunData of(TrainingSet set, List<TrainingRow> rehearsal, Map<String, String> provenance) {
        return new RunData(
                set.train(),
                set.dev(),
                rehearsal.stream().filter(row -> !TrainingSet.isDev(row.text())).toList(),
                rehearsal.stream().filter(row -> TrainingSet.isDev(row.text())).toList(),
                set.heldOut(),
                provenance);
    }

    static WeightedTexts weighted(String name, List<TrainingRow> rows) {
        return new WeightedTexts(
                texts(name, rows),
                rows.stream().map(TrainingRow::weight).toList(),
                rows.stream().map(TrainingRow::scores).toList());
    }

    static LabeledTexts texts(String name, List<TrainingRow> rows) {
        List<LabeledText> texts = rows.stream()
                .map(row -> new LabeledText(row.text(), row.label()))
                .toList();
        return new LabeledTexts(name, "", texts, List.of());
    }
}
