package io.lexstream.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Texts on their way through the models of several tasks, with what was already computed for each of them.
 *
 * <p>A model asks the batch for its tokens or features by {@link #derive}; the first to ask computes them, the next one
 * of another task reads them. That is how tasks with the same encoder share one pass, also if one of them comes later,
 * in another batch. Used by one thread.
 */
public final class TextBatch {
    private final List<String> texts;
    /** What is known of each text, by key. */
    private final List<Map<Object, Object>> derived;

    public TextBatch(List<String> texts) {
        this(texts, Collections.nCopies(texts.size(), Map.of()));
    }

    /** Those texts, with what is known of each from batches before. */
    TextBatch(List<String> texts, List<Map<Object, Object>> known) {
        this.texts = List.copyOf(texts);
        this.derived = new ArrayList<>(known.size());
        known.forEach(values -> derived.add(new HashMap<>(values)));
    }

    public List<String> texts() {
        return texts;
    }

    public int size() {
        return texts.size();
    }

    /**
     * What {@code compute} makes of these texts, one value a text; computed at most once per text and {@code key}.
     *
     * @param compute gets the texts of which the value is not known, which may be fewer than all
     * @param key the tokenizer or encoder that computes; equal keys must mean equal values
     */
    @SuppressWarnings("unchecked") // a key stands for one computation and so for one type
    public <T> List<T> derive(Object key, Function<TextBatch, List<T>> compute) {
        List<Integer> missing = new ArrayList<>();
        for (int row = 0; row < size(); row++) {
            if (!derived.get(row).containsKey(key)) {
                missing.add(row);
            }
        }
        if (!missing.isEmpty()) {
            compute(key, compute, missing);
        }
        return derived.stream()
                .map(values -> (T) Objects.requireNonNull(values.get(key)))
                .toList();
    }

    /** Computes apart from this batch: what fails half-way leaves nothing behind. */
    private <T> void compute(Object key, Function<TextBatch, List<T>> compute, List<Integer> rows) {
        TextBatch asked = select(rows);
        List<T> made = compute.apply(asked);
        if (made.size() != rows.size()) {
            throw new IllegalStateException(key + " made " + made.size() + " values of " + rows.size() + " texts");
        }
        for (int i = 0; i < rows.size(); i++) {
            Map<Object, Object> values = derived.get(rows.get(i));
            values.putAll(asked.derived.get(i));
            values.put(key, made.get(i));
        }
    }

    /** What is known of the text in that row, by key. */
    Map<Object, Object> derived(int row) {
        return derived.get(row);
    }

    /** The texts at {@code rows}, in that order, with what is known of them. */
    public TextBatch select(List<Integer> rows) {
        return new TextBatch(pick(texts, rows), pick(derived, rows));
    }

    private static <T> List<T> pick(List<T> values, List<Integer> rows) {
        List<T> picked = new ArrayList<>(rows.size());
        for (int row : rows) {
            picked.add(values.get(row));
        }
        return picked;
    }
}
