package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.tuning.CurvePoint;
import io.lexstream.trainer.vocabulary.Vocabulary;
import io.lexstream.trainer.vocabulary.VocabularyEncoder;
import io.lexstream.trainer.vocabulary.VocabularyTraining;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few pairs learnt by heart: what was trained comes out of ONNX Runtime. */
class Seq2SeqTrainingIT {
    private static final List<String[]> TEXTS = List.of(
            new String[] {"Der Kaffee war kalt.", "The coffee was cold."},
            new String[] {"Die Lieferung kam zu spät.", "The delivery came too late."},
            new String[] {"NIE WIEDER!", "NEVER AGAIN!"},
            new String[] {"Le serveur était très aimable.", "The waiter was very kind."},
            new String[] {"La bouilloire est arrivée cassée.", "The kettle arrived broken."},
            new String[] {"¿Cuándo llega mi pedido [1]?", "When does my order [1] arrive?"},
            new String[] {"El servicio fue excelente, gracias.", "The service was excellent, thank you."},
            new String[] {"Ich möchte mein Geld zurück.", "I want my money back."});
    private static final Seq2SeqOptions OPTIONS =
            new Seq2SeqOptions(120, 3e-3, 30, 0.3, 0.1, 0.01, 1, 6, 2, Duration.ofDays(1), 240, 7);

    @TempDir
    Path directory;

    private final Vocabulary vocabulary = vocabulary();
    private final VocabularyEncoder encoder = new VocabularyEncoder(vocabulary);
    private final Seq2SeqShape shape = new Seq2SeqShape(vocabulary.size(), 64, 2, 128, 2, 1, 64, false);

    @Test
    void whatIsLearntByHeartComesOutOfOnnxRuntime() throws Exception {
        Recorder recorder = new Recorder(Integer.MAX_VALUE);

        Seq2SeqTraining.Result result = train(OPTIONS, "run", recorder);

        assertThat(result.steps()).isEqualTo(240);
        assertThat(recorder.points).hasSize(6);
        assertThat(recorder.points.get(5).loss())
                .isLessThan(recorder.points.get(0).loss() / 5);
        assertThat(result.dev().macroF1()).as("right tokens").isGreaterThan(0.99);
        Seq2SeqBuilder builder = new Seq2SeqBuilder(shape, Seq2SeqWeights.of(result.weights()));
        try (ServedPair served = new ServedPair(shape, builder.encoder(), builder.decoder())) {
            for (String[] text : TEXTS) {
                int[] expected = encoder.encode(text[1]);
                assertThat(served.greedy(encoder.encode(text[0]), 40))
                        .as(text[0])
                        .isEqualTo(Arrays.copyOf(expected, expected.length - 1));
            }
        }
    }

    @Test
    void aRunThatWasKilledEndsAsOneThatWasNot() throws Exception {
        Seq2SeqOptions few = steps(40);
        Seq2SeqTraining.Result whole = train(few, "whole", new Recorder(Integer.MAX_VALUE));

        assertThatThrownBy(() -> train(few, "killed", new Recorder(23))).isInstanceOf(CancellationException.class);
        Recorder second = new Recorder(Integer.MAX_VALUE);
        Seq2SeqTraining.Result resumed = train(few, "killed", second);

        assertThat(second.resumedAt).isEqualTo(23);
        assertThat(resumed.curve()).isEqualTo(whole.curve());
        assertThat(resumed.seen()).isEqualTo(whole.seen());
        whole.weights()
                .forEach((name, values) ->
                        assertThat(resumed.weights().get(name)).as(name).isEqualTo(values));
    }

    @Test
    void aLongerRunGoesOnFromAShorterOne() throws Exception {
        train(steps(20), "run", new Recorder(Integer.MAX_VALUE));
        Recorder longer = new Recorder(Integer.MAX_VALUE);

        Seq2SeqTraining.Result result = train(steps(30), "run", longer);

        assertThat(longer.resumedAt).isEqualTo(20);
        assertThat(result.steps()).isEqualTo(30);
    }

    @Test
    void theCheckpointOfAnotherRunIsNotTaken() throws Exception {
        train(steps(10), "one", new Recorder(Integer.MAX_VALUE));
        Recorder other = new Recorder(Integer.MAX_VALUE);

        Seq2SeqTraining.Result result = train(steps(5), "two", other, directory.resolve("one"));

        assertThat(other.resumedAt).isZero();
        assertThat(result.steps()).isEqualTo(5);
    }

    private Seq2SeqTraining.Result train(Seq2SeqOptions options, String run, Recorder recorder) throws Exception {
        return train(options, run, recorder, directory.resolve(run));
    }

    private Seq2SeqTraining.Result train(Seq2SeqOptions options, String run, Recorder recorder, Path checkpoint)
            throws Exception {
        List<TokenPair> pairs = new ArrayList<>();
        for (String[] text : TEXTS) {
            pairs.add(new TokenPair(encoder.encode(text[0]), encoder.encode(text[1])));
        }
        List<WeightedPairs> data = List.of(new WeightedPairs("texts", 1, pairs));
        try (DjlBackend backend = DjlBackend.open(1)) {
            return new Seq2SeqTraining(
                            backend,
                            TrainedGraph.ours(
                                    new Seq2SeqBuilder(shape, Seq2SeqWeights.fresh(options.seed())).training()),
                            data,
                            data,
                            options,
                            checkpoint,
                            run,
                            recorder,
                            System::nanoTime)
                    .run();
        }
    }

    private static Seq2SeqOptions steps(int steps) {
        return new Seq2SeqOptions(120, 3e-3, 30, 0.3, 0.1, 0.01, 1, 5, 2, Duration.ofDays(1), steps, 7);
    }

    private static Vocabulary vocabulary() {
        VocabularyTraining training = new VocabularyTraining(420, 1);
        TEXTS.forEach(text -> training.add(text[0]).add(text[1]));
        return training.train();
    }

    /** Writes down what it hears; calls the run off at a step. */
    private static final class Recorder implements Seq2SeqListener {
        private final List<CurvePoint> points = new ArrayList<>();
        private final int stopAt;
        private int step;
        private int resumedAt;

        private Recorder(int stopAt) {
            this.stopAt = stopAt;
        }

        @Override
        public void step(double done, Duration spent, int step, double loss, double tokensPerSecond) {
            this.step = step;
        }

        @Override
        public void looked(CurvePoint point, Map<String, Double> lossByFile) {
            points.add(point);
        }

        @Override
        public void resumed(int step, Duration spent) {
            resumedAt = step;
        }

        @Override
        public boolean stopped() {
            return step >= stopAt;
        }
    }
}
