package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.trainer.vocabulary.Vocabulary;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An encoder and a decoder in ONNX Runtime, as a server would run them: the judge of what was trained. */
final class ServedPair implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final Seq2SeqShape shape;
    private final OrtSession encoder;
    private final OrtSession decoder;

    ServedPair(Seq2SeqShape shape, ModelProto encoder, ModelProto decoder) throws OrtException {
        this.shape = shape;
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            this.encoder = environment.createSession(encoder.toByteArray(), options);
            this.decoder = environment.createSession(decoder.toByteArray(), options);
        }
    }

    /** Logits of each target position, the decoder being given {@code step} tokens at a time. */
    float[] logits(long[][] source, long[][] target, int step) throws OrtException {
        int rows = source.length;
        int tokens = target[0].length;
        float[] all = new float[rows * tokens * shape.vocabulary()];
        try (Run run = new Run(source)) {
            for (int from = 0; from < tokens; from += step) {
                int to = Math.min(tokens, from + step);
                long[][] part = new long[rows][];
                for (int row = 0; row < rows; row++) {
                    part[row] = Arrays.copyOfRange(target[row], from, to);
                }
                float[] logits = run.next(part);
                int length = (to - from) * shape.vocabulary();
                for (int row = 0; row < rows; row++) {
                    System.arraycopy(logits, row * length, all, (row * tokens + from) * shape.vocabulary(), length);
                }
            }
        }
        return all;
    }

    /** The most likely tokens, one by one, without the end. */
    int[] greedy(int[] source, int most) throws OrtException {
        List<Integer> tokens = new ArrayList<>();
        try (Run run =
                new Run(new long[][] {Arrays.stream(source).asLongStream().toArray()})) {
            int last = Vocabulary.START;
            while (tokens.size() < most) {
                float[] logits = run.next(new long[][] {{last}});
                last = 0;
                for (int i = 1; i < logits.length; i++) {
                    last = logits[i] > logits[last] ? i : last;
                }
                if (last == Vocabulary.END) {
                    break;
                }
                tokens.add(last);
            }
        }
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void close() throws OrtException {
        encoder.close();
        decoder.close();
    }

    /** The state of one batch: source keys and values, and the past. Pads sources with {@link Vocabulary#PAD}. */
    private final class Run implements AutoCloseable {
        private final Map<String, OnnxTensor> fixed = new LinkedHashMap<>();
        private final Map<String, OnnxTensor> past = new HashMap<>();
        private final List<AutoCloseable> opened = new ArrayList<>();

        Run(long[][] source) throws OrtException {
            int rows = source.length;
            int longest =
                    Arrays.stream(source).mapToInt(row -> row.length).max().orElse(0);
            long[] ids = new long[rows * longest];
            long[] mask = new long[rows * longest];
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < source[row].length; i++) {
                    ids[row * longest + i] = source[row][i];
                    mask[row * longest + i] = 1;
                }
            }
            OnnxTensor maskTensor = longs(mask, rows, longest);
            OrtSession.Result encoded =
                    kept(encoder.run(Map.of("input_ids", longs(ids, rows, longest), "attention_mask", maskTensor)));
            encoded.forEach(output ->
                    fixed.put(output.getKey().replace("present", "past_key_values"), (OnnxTensor) output.getValue()));
            fixed.put("encoder_attention_mask", maskTensor);
            long[] empty = {rows, shape.heads(), 0, shape.headWidth()};
            for (int layer = 0; layer < shape.decoderLayers(); layer++) {
                for (String what : List.of("key", "value")) {
                    String name = "past_key_values." + layer + ".decoder." + what;
                    past.put(name, kept(OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), empty)));
                }
            }
        }

        float[] next(long[][] ids) throws OrtException {
            long[] flat = Arrays.stream(ids).flatMapToLong(Arrays::stream).toArray();
            Map<String, OnnxTensor> inputs = new HashMap<>(fixed);
            inputs.putAll(past);
            inputs.put("input_ids", longs(flat, ids.length, ids[0].length));
            OrtSession.Result result = kept(decoder.run(inputs));
            result.forEach(output -> {
                if (output.getKey().startsWith("present")) {
                    past.put(output.getKey().replace("present", "past_key_values"), (OnnxTensor) output.getValue());
                }
            });
            FloatBuffer logits = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
            float[] values = new float[logits.remaining()];
            logits.get(values);
            return values;
        }

        private OnnxTensor longs(long[] values, long... dimensions) throws OrtException {
            return kept(OnnxTensor.createTensor(environment, LongBuffer.wrap(values), dimensions));
        }

        private <T extends AutoCloseable> T kept(T resource) {
            opened.add(resource);
            return resource;
        }

        @Override
        public void close() throws OrtException {
            for (AutoCloseable resource : opened) {
                try {
                    resource.close();
                } catch (Exception e) {
                    throw new OrtException("cannot close: " + e.getMessage());
                }
            }
        }
    }
}
