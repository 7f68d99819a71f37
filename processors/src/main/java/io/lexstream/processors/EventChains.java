package io.lexstream.processors;

import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.Chain;
import io.lexstream.pipeline.Pipeline;
import io.lexstream.schemas.TextEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which way each event takes through the engine: that of the pipeline's stages, or every task at once. */
final class EventChains {
    private final BatchEngine engine;
    private final Trials trials;
    private final Optional<Pipeline> pipeline;

    EventChains(BatchEngine engine, Trials trials, Optional<Pipeline> pipeline) {
        this.engine = engine;
        this.trials = trials;
        this.pipeline = pipeline;
    }

    Chain of(byte @Nullable [] key, TextEvent event) {
        Map<String, String> trialSlots = trials.reading(key, event.getId());
        return pipeline.map(stages -> stages.chain(event.getText(), trialSlots))
                .orElseGet(() -> engine.everyTask(event.getText(), Set.copyOf(trialSlots.values())));
    }
}
