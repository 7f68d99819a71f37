package io.lexstream.trainer.seq2seq;

import io.lexstream.model.ModelPackage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Which languages a model translates; keys of JSON lines, too.
 *
 * @param sources ISO 639-1 codes of what it reads
 * @param target ISO 639-1 code of what it writes
 */
public record Languages(List<String> sources, String target) {
    public Languages {
        sources = List.copyOf(sources);
        if (sources.isEmpty() || sources.contains(target) || sources.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "a model translates from some languages into another, not from " + sources + " into " + target);
        }
    }

    /** Those that a package's config.json names; empty if it names none. */
    static Optional<Languages> of(ModelPackage model) throws IOException {
        return ModelConfig.of(model).languages();
    }

    @Override
    public String toString() {
        return String.join(", ", sources) + " -> " + target;
    }
}
