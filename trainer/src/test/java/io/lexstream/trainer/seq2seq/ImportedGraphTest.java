package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.lexstream.generation.Seq2SeqFiles;
import io.lexstream.generation.ServedGraphs;
import io.lexstream.generation.TinyModelFolder;
import io.lexstream.onnx.Tensors;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.autograd.TensorBackend;
import io.lexstream.trainer.tuning.TuningMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Imported models of every family and layout: torch says of their graphs what ONNX Runtime says. */
class ImportedGraphTest {
    private static final float TOLERANCE = 1e-4f;
    private static final long[][] SOURCE = {{5, 9, 12, 7, 1}, {8, 4, 20, 21, 1}};
    private static final long[][] TARGET = {{0, 16, 13, 9}, {0, 7, 7, 5}};

    private static TensorBackend backend;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        backend = DjlBackend.open(1);
    }

    @AfterAll
    static void close() {
        backend.close();
    }

    static Stream<Arguments> models() {
        return Stream.of("marian", "t5", "bart")
                .flatMap(family -> Stream.of("cross_cache", "plain", "with_past", "merged")
                        .map(layout -> Arguments.of(family, layout)));
    }

    static Seq2SeqFiles files(Path folder, String layout) {
        Path graphs = folder.resolve("onnx");
        boolean ours = layout.equals("cross_cache");
        String decoder = ours ? "decoder" : layout.equals("merged") ? "decoder_model_merged" : "decoder_model";
        return new Seq2SeqFiles(
                graphs.resolve(ours ? "encoder.onnx" : "encoder_model.onnx"),
                graphs.resolve(decoder + ".onnx"),
                layout.equals("with_past")
                        ? Optional.of(graphs.resolve("decoder_with_past_model.onnx"))
                        : Optional.empty(),
                folder.resolve("tokenizer.json"),
                Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatIsTrainedIsWhatOnnxRuntimeServes(String family, String layout) throws Exception {
        Seq2SeqFiles files = files(TinyModelFolder.write(directory.resolve("model"), family, layout), layout);

        assertSame(ServedGraphs.read(files), files);
    }

    @ParameterizedTest
    @MethodSource("models")
    void andSoItIsWithOtherWeights(String family, String layout) throws Exception {
        Seq2SeqFiles files = files(TinyModelFolder.write(directory.resolve("model"), family, layout), layout);
        float[] before = FirstStep.logits(files, SOURCE, TARGET);
        ServedGraphs graphs = ServedGraphs.read(files);
        GeneratorTuningOptions all = new GeneratorTuningOptions(
                TuningMethod.FULL, 1, 1, true, 1e-3, 1, 1, 1, Duration.ofDays(1), 64, 0, 1, 1);
        TunedGraph tuned = TunedGraph.of(graphs.training(), graphs.fixed(), all);
        Map<String, float[]> other = new HashMap<>();
        for (TensorProto tensor : graphs.training().getInitializerList()) {
            if (tuned.isTrained(tensor.getName())) {
                float[] values = Tensors.floats(tensor);
                for (int i = 0; i < values.length; i++) {
                    values[i] += 0.1f * (float) Math.sin(i + 1);
                }
                other.put(tensor.getName(), values);
            }
        }

        ServedGraphs changed = graphs.with(other);

        Files.write(files.encoder(), changed.encoder().toByteArray());
        Files.write(files.decoder(), changed.decoder().toByteArray());
        assertSame(changed, files);
        assertThat(FirstStep.logits(files, SOURCE, TARGET)).isNotEqualTo(before);
    }

    private static void assertSame(ServedGraphs graphs, Seq2SeqFiles files) throws Exception {
        Seq2SeqModel model = new Seq2SeqModel(backend, TrainedGraph.imported(graphs.training(), name -> false, 0, 0));
        List<TokenPair> pairs = new ArrayList<>();
        for (int row = 0; row < SOURCE.length; row++) {
            int[] labels = new int[TARGET[row].length];
            for (int i = 0; i + 1 < labels.length; i++) {
                labels[i] = (int) TARGET[row][i + 1];
            }
            labels[labels.length - 1] = 1;
            int[] source = Arrays.stream(SOURCE[row]).mapToInt(id -> (int) id).toArray();
            pairs.add(new TokenPair(source, labels));
        }
        backend.beginStep(false);
        float[] trained;
        try {
            trained = model.logits(new PairBatch(pairs)).floats();
        } finally {
            backend.endStep();
        }
        float[] served = FirstStep.logits(files, SOURCE, TARGET);
        assertThat(trained).hasSameSizeAs(served);
        for (int i = 0; i < served.length; i++) {
            assertThat(trained[i]).as("logit %d", i).isCloseTo(served[i], within(TOLERANCE));
        }
    }
}
