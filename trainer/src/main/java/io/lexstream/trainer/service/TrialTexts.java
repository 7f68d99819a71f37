package io.lexstream.trainer.service;

import io.lexstream.schemas.TrainingExample;
import io.lexstream.trainer.TextPlace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The texts that people have labelled since a trial began, and what both versions say of them. Texts that had a label
 * before are left out: the challenger may have learnt them. Used by one thread.
 */
final class TrialTexts {
    /** More would not change the verdict, and each costs two passes. */
    private static final int MOST = 1_000;

    private final LabelForm form;
    private final AuthorCap cap;
    private final Set<String> before = new HashSet<>();
    private final Map<String, TrainingExample> fresh = new LinkedHashMap<>();
    private final Map<String, Said> said = new HashMap<>();
    private Map<String, TrainingRow> rows = Map.of();
    private boolean changed;

    private record Said(String champion, String challenger) {}

    /** @param form what labels are to the champion */
    TrialTexts(LabelForm form, AuthorCap cap) {
        this.form = form;
        this.cap = cap;
    }

    /** A label from before the trial. */
    void known(TrainingExample example) {
        before.add(name(example.getText()));
    }

    /** A label that has come since; it takes the place of an earlier one of the same key. */
    void labelled(String key, TrainingExample example) {
        forget(key);
        if (example.getWeight() > 0 && !before.contains(name(example.getText()))) {
            fresh.put(key, example);
        }
    }

    /** The label of that key was erased, and counts no more. */
    void forget(String key) {
        fresh.remove(key);
        changed = true;
    }

    /** Texts that both versions are still to be asked about, {@code most} or fewer. */
    List<String> unasked(int most) {
        return rows().entrySet().stream()
                .filter(row -> !said.containsKey(row.getKey()))
                .map(row -> row.getValue().text())
                .limit(most)
                .toList();
    }

    void said(String text, String champion, String challenger) {
        said.put(name(text), new Said(champion, challenger));
    }

    /** On those texts that both were asked about. */
    Agreement agreement() {
        int texts = 0;
        int onlyChampion = 0;
        int onlyChallenger = 0;
        for (Map.Entry<String, TrainingRow> row : rows().entrySet()) {
            Said both = said.get(row.getKey());
            if (both != null) {
                String label = row.getValue().label();
                int nearer = Double.compare(form.nearness(both.champion, label), form.nearness(both.challenger, label));
                texts++;
                onlyChampion += nearer > 0 ? 1 : 0;
                onlyChallenger += nearer < 0 ? 1 : 0;
            }
        }
        return new Agreement(texts, onlyChampion, onlyChallenger);
    }

    /** By name. By the rules of a run's held-out rows: known labels, a text once, no author above the cap. */
    private Map<String, TrainingRow> rows() {
        if (changed) {
            List<TrainingRow> all = TrainingSet.of(fresh.values(), form, cap, 1).heldOut();
            rows = new LinkedHashMap<>();
            all.subList(0, Math.min(MOST, all.size())).forEach(row -> rows.put(name(row.text()), row));
            changed = false;
        }
        return rows;
    }

    private static String name(String text) {
        return TextPlace.name(TextPlace.normal(text));
    }
}
