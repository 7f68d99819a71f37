package io.lexstream.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small graph, features [rows, dimensions] to logits [rows, labels], on a shared encoder. */
final class HeadOnEncoder implements LogitModel {
    private final EncoderPool.Lease encoder;
    private final OnnxSession head;
    private final String input;

    private HeadOnEncoder(EncoderPool.Lease encoder, OnnxSession head, String input) {
        this.encoder = encoder;
        this.head = head;
        this.input = input;
    }

    /** Takes ownership of {@code encoder}, also when it fails. */
    static HeadOnEncoder open(EncoderPool.Lease encoder, Path headGraph) throws ModelRejectedException {
        OnnxSession head = null;
        try {
            head = OnnxSession.open(headGraph, 2, 1);
            if (head.inputs().size() != 1) {
                throw new ModelRejectedException("the head's inputs are " + head.inputs() + ", expected one");
            }
            return new HeadOnEncoder(encoder, head, head.inputs().iterator().next());
        } catch (ModelRejectedException | RuntimeException e) {
            encoder.close();
            if (head != null) {
                head.close();
            }
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
        return LogitModel.perText(run(rows), encoded);
    }

    private OnnxSession.Output run(List<float[]> rows) {
        int dimensions = encoder.encoder().dimensions();
        FloatBuffer features = FloatBuffer.allocate(rows.size() * dimensions);
        rows.forEach(features::put);
        features.flip();
        long[] shape = {rows.size(), dimensions};
        try (OnnxTensor tensor = OnnxTensor.createTensor(OnnxSession.environment(), features, shape)) {
            return head.run(Map.of(input, tensor));
        } catch (OrtException e) {
            throw new InferenceException("head on " + rows.size() + " x " + dimensions + " features", e);
        }
    }

    @Override
    public void close() {
        head.close();
        encoder.close();
    }
}
