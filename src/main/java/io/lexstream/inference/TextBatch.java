package io.lexstream.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Texts on their way through the models of several tasks, with what was already computed for each of them.
 *
 * <p>A model asks the batch for its tokens or features by {@link #derive}; the first to ask computes them, the next one
 * of another task reads them. That is how tasks with the same encoder share one pass. Used by one thread.
 */
public final class TextBatch {
    private final List<String> texts;
    private final Map<Object, List<?>> derived = new HashMap<>();

    public TextBatch(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    public List<String> texts() {
        return texts;
    }

    public int size() {
        return texts.size();
    }

    /**
     * What {@code compute} makes of these texts, one value a text; computed at most once per {@code key}.
     *
     * @param key the tokenizer or encoder that computes; equal keys must mean equal values
     */
    @SuppressWarnings("unchecked") // a key stands for one computation and so for one type
    public <T> List<T> derive(Object key, Function<TextBatch, List<T>> compute) {
        List<?> known = derived.get(key);
        if (known == null) {
            known = compute.apply(this);
            if (known.size() != texts.size()) {
                throw new IllegalStateException(
                        key + " made " + known.size() + " values of " + texts.size() + " texts");
            }
            derived.put(key, known);
        }
        return (List<T>) known;
    }

    /** The texts at {@code rows}, in that order, with what is known of them. */
    public TextBatch select(List<Integer> rows) {
        TextBatch selected = new TextBatch(pick(texts, rows));
        derived.forEach((key, values) -> selected.derived.put(key, pick(values, rows)));
        return selected;
    }

    private static <T> List<T> pick(List<T> values, List<Integer> rows) {
        List<T> picked = new ArrayList<>(rows.size());
        for (int row : rows) {
            picked.add(values.get(row));
        }
        return picked;
    }
}
