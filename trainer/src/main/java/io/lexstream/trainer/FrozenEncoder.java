package io.lexstream.trainer;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.Pooling;
import io.lexstream.inference.TextEncoder;
import io.lexstream.model.BaseEncoder;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelRejectedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A base encoder as it is, and on disk the features that it has given of texts: each is read once, in all runs. */
public final class FrozenEncoder implements AutoCloseable {
    private static final int BATCH_TOKENS = 1536;

    private final TextEncoder encoder;
    private final FeatureCache features;

    private FrozenEncoder(TextEncoder encoder, FeatureCache features) {
        this.encoder = encoder;
        this.features = features;
    }

    /**
     * @param store where the encoder's files are found
     * @param caches directory of features, one below it for every way of making them: they must never be mixed
     * @param maxTokens tokens that are read of a text
     */
    public static FrozenEncoder open(
            BaseEncoder base,
            ContentStore store,
            Path caches,
            Pooling pooling,
            int maxTokens,
            InferenceSettings inference)
            throws IOException, ModelRejectedException {
        TextEncoder encoder = TextEncoder.open(
                TrainingInputs.content(base.graph(), store),
                TrainingInputs.content(base.tokenizer(), store),
                pooling,
                maxTokens,
                inference);
        try {
            String directory = "%s-%s-%s-%d"
                    .formatted(
                            base.graph().getSha256().substring(0, 16),
                            base.tokenizer().getSha256().substring(0, 8),
                            pooling.manifestName(),
                            maxTokens);
            return new FrozenEncoder(encoder, FeatureCache.open(caches.resolve(directory), encoder.dimensions()));
        } catch (IOException | RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /**
     * Computes the features of those {@code texts} that it has none of.
     *
     * @param name what the texts are called when progress is told
     */
    public void read(String name, List<String> texts, Progress progress) throws IOException {
        new EncoderPass(new EncoderFeatures(encoder), features, BATCH_TOKENS, progress).run(name, texts);
    }

    /** Of all texts that were read. */
    public FeatureCache features() {
        return features;
    }

    /** Values of a text's features. */
    public int dimensions() {
        return encoder.dimensions();
    }

    @Override
    public void close() throws IOException {
        try {
            features.close();
        } finally {
            encoder.close();
        }
    }
}
