package io.lexstream.trainer.seq2seq;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.lexstream.generation.Seq2SeqFiles;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the graphs of any layout say in ONNX Runtime when the decoder is given all target tokens at once. */
final class FirstStep {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private FirstStep() {}

    /** Logits [rows, target, vocabulary]; every row is whole, nothing is padded. */
    static float[] logits(Seq2SeqFiles files, long[][] source, long[][] target) throws Exception {
        List<AutoCloseable> opened = new ArrayList<>();
        try (OrtSession encoder = ENVIRONMENT.createSession(files.encoder().toString());
                OrtSession decoder = ENVIRONMENT.createSession(files.decoder().toString())) {
            OnnxTensor mask = kept(opened, ones(source.length, source[0].length));
            OnnxTensor ids = kept(opened, OnnxTensor.createTensor(ENVIRONMENT, source));
            OrtSession.Result states = kept(opened, encoder.run(Map.of("input_ids", ids, "attention_mask", mask)));
            Map<String, OnnxTensor> inputs = new HashMap<>();
            for (Map.Entry<String, NodeInfo> input : decoder.getInputInfo().entrySet()) {
                String name = input.getKey();
                String present = name.replace("past_key_values", "present");
                OnnxTensor value = switch (name) {
                    case "input_ids" -> kept(opened, OnnxTensor.createTensor(ENVIRONMENT, target));
                    case "encoder_attention_mask" -> mask;
                    case "encoder_hidden_states" ->
                        (OnnxTensor) states.get("last_hidden_state").orElseThrow();
                    case "use_cache_branch" ->
                        kept(opened, OnnxTensor.createTensor(ENVIRONMENT, new boolean[] {false}));
                    default ->
                        states.get(present).isPresent()
                                ? (OnnxTensor) states.get(present).get()
                                : kept(opened, empty(source.length, (TensorInfo)
                                        input.getValue().getInfo()));
                };
                inputs.put(name, value);
            }
            OrtSession.Result result = kept(opened, decoder.run(inputs));
            FloatBuffer logits = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
            float[] values = new float[logits.remaining()];
            logits.get(values);
            return values;
        } finally {
            for (AutoCloseable resource : opened) {
                resource.close();
            }
        }
    }

    private static OnnxTensor ones(int rows, int columns) throws OrtException {
        long[] values = new long[rows * columns];
        Arrays.fill(values, 1);
        return OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(values), new long[] {rows, columns});
    }

    private static OnnxTensor empty(int rows, TensorInfo past) throws OrtException {
        long[] shape = {rows, past.getShape()[1], 0, past.getShape()[3]};
        return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.allocate(0), shape);
    }

    private static <T extends AutoCloseable> T kept(List<AutoCloseable> opened, T resource) {
        opened.add(resource);
        return resource;
    }
}
