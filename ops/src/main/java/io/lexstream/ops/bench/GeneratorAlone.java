package io.lexstream.ops.bench;

import io.lexstream.generation.Decoding;
import io.lexstream.generation.Generated;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.generation.SourceTokens;
import io.lexstream.inference.GeneratorPackage;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.model.ModelPackage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * An encoder-decoder model from token ids to texts and nothing around it, in batches of so many sources of about equal
 * length; a thread a core takes the next batch.
 */
final class GeneratorAlone implements Contender {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String name;
    private final ModelPackage model;
    private final int threads;
    private final Way way;
    private double tokensPerText = Double.NaN;

    /**
     * How it works.
     *
     * @param batch sources at once
     * @param decoding what is changed of how the model wants to be decoded
     */
    record Way(boolean int8, int batch, UnaryOperator<Decoding> decoding) {
        static Way asItIs(boolean int8, int batch) {
            return new Way(int8, batch, UnaryOperator.identity());
        }
    }

    GeneratorAlone(String name, ModelPackage model, int threads, Way way) {
        this.name = name;
        this.model = model;
        this.threads = threads;
        this.way = way;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double textsPerSecond(List<String> texts) throws Exception {
        try (Seq2SeqModel open = GeneratorPackage.open(model, way.int8, InferenceSettings.DEFAULT)) {
            List<SourceTokens> sources = open.tokenize(texts);
            Decoding decoding = way.decoding.apply(
                    open.config().decoding().withBatchTokens(Integer.MAX_VALUE).withDeadline(PATIENCE));
            LongAdder tokens = new LongAdder();
            List<Runnable> work = new ArrayList<>();
            int[] lengths = sources.stream().mapToInt(SourceTokens::length).toArray();
            for (List<Integer> rows : Batches.sortedFixed(lengths, way.batch)) {
                List<SourceTokens> batch = rows.stream().map(sources::get).toList();
                work.add(0, () -> tokens.add(run(open, batch, decoding))); // the longest first
            }
            run(open, sources.subList(0, 1), decoding.withTokens(0, 1)); // the first run of a graph is slow
            double seconds = AllCores.seconds(work, threads);
            tokensPerText = tokens.doubleValue() / texts.size();
            return texts.size() / seconds;
        }
    }

    private static int run(Seq2SeqModel model, List<SourceTokens> batch, Decoding decoding) {
        int tokens = 0;
        for (Generated generated : model.generate(batch, decoding)) {
            tokens += generated.tokens().size();
        }
        return tokens;
    }

    /** Tokens that it wrote for a text, on average of its last run. */
    double tokensPerText() {
        return tokensPerText;
    }
}
