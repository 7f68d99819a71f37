package io.lexstream.trainer.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One generated text beside what it was made of and what people wrote.
 *
 * @param source what was translated or summarised; blank if it does not matter
 * @param hypothesis what the model wrote; may be empty
 * @param references what people wrote, at least one
 */
public record Segment(String source, String hypothesis, List<String> references) {
    public Segment {
        references = List.copyOf(references);
        if (references.isEmpty()) {
            throw new IllegalArgumentException("a segment needs at least one reference");
        }
    }

    public Segment(String source, String hypothesis, String reference) {
        this(source, hypothesis, List.of(reference));
    }

    /** Each text with one reference, and no source. */
    public static List<Segment> of(List<String> hypotheses, List<String> references) {
        if (hypotheses.size() != references.size()) {
            throw new IllegalArgumentException(
                    hypotheses.size() + " hypotheses, but " + references.size() + " references");
        }
        return IntStream.range(0, hypotheses.size())
                .mapToObj(i -> new Segment("", hypotheses.get(i), references.get(i)))
                .toList();
    }
}
