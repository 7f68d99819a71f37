package io.lexstream.inference;

import io.lexstream.model.ModelRejectedException;
import java.nio.file.Path;
import java.util.List;

/** A head, features to logits [rows, labels], on a shared encoder. */
final class HeadOnEncoder implements LogitModel {
    private final EncoderPool.Lease encoder;
    private final FeatureHead head;

    private HeadOnEncoder(EncoderPool.Lease encoder, FeatureHead head) {
        this.encoder = encoder;
        this.head = head;
    }

    /** Takes ownership of {@code encoder}, also when it fails. */
    static HeadOnEncoder open(EncoderPool.Lease encoder, Path headGraph) throws ModelRejectedException {
        try {
            return new HeadOnEncoder(encoder, FeatureHead.open(headGraph));
        } catch (ModelRejectedException | RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    @Override
    public int[] lengths(TextBatch texts) {
        return encoder.encoder().lengths(texts);
    }

    @Override
    public List<TextLogits> logits(TextBatch texts) {
        List<EncodedText> encoded = encoder.encoder().encode(texts);
        List<float[]> rows =
                encoded.stream().flatMap(text -> text.windows().stream()).toList();
        return LogitModel.perText(head.run(rows), encoded);
    }

    @Override
    public void close() {
        head.close();
        encoder.close();
    }
}
