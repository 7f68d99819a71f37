package io.lexstream.ops.bench;

import io.lexstream.inference.BatchEngine;
import io.lexstream.inference.BatchSettings;
import io.lexstream.inference.EngineObserver;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.ModelSlot;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.ModelVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** How much of what the engine computes is padding, counted on its own batches. */
final class PaddingShare implements EngineObserver {
    private final LongAdder tokens = new LongAdder();
    private final LongAdder padded = new LongAdder();

    private PaddingShare() {}

    /** 0..1 of all tokens; the engine gets the texts as fast as it takes them. */
    static double of(ModelPackage model, BatchSettings batch, List<String> texts)
            throws ModelRejectedException, InterruptedException {
        PaddingShare share = new PaddingShare();
        String task = model.version().task();
        try (ModelSlot slot = new ModelSlot(task)) {
            slot.swap(model.version(), new ModelOpener(InferenceSettings.DEFAULT).open(model));
            try (BatchEngine engine = new BatchEngine(batch, Map.of(task, slot), share)) {
                List<CompletableFuture<?>> results = new ArrayList<>();
                for (String text : texts) {
                    results.add(engine.submit(text));
                }
                results.forEach(CompletableFuture::join);
            }
        }
        return 1 - (double) share.tokens.sum() / share.padded.sum();
    }

    @Override
    public void batchRan(ModelVersion model, int texts, int batchTokens, int paddedTokens, Duration inference) {
        tokens.add(batchTokens);
        padded.add(paddedTokens);
    }
}
