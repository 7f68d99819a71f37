package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beam search against all that there is to find: every text of a model that may say four words and end. */
class BeamSearchTest {
    private static final int LONGEST = 4;
    private static final List<Integer> ALLOWED = List.of(4, 5, 7, 8, TinySeq2Seq.END);
    private static final SpecialTokens TOKENS = new SpecialTokens(
            TinySeq2Seq.PAD,
            List.of(TinySeq2Seq.END),
            TinySeq2Seq.PAD,
            OptionalInt.empty(),
            OptionalInt.empty(),
            IntStream.range(0, TinyTransformer.VOCABULARY)
                    .filter(token -> !ALLOWED.contains(token))
                    .mapToObj(List::of)
                    .toList());

    /** As many as there are texts of three words: nothing can fall out of the beam. */
    private static final Decoding WIDE = Decoding.GREEDY.withTokens(0, LONGEST).withBeams(64);

    private final List<long[]> sources = Sources.random(6);

    @TempDir
    Path folder;

    private Seq2SeqGraphs cached;
    private Seq2SeqGraphs plain;

    @BeforeEach
    void open() throws Exception {
        TinySeq2Seq model = new TinySeq2Seq(TinyTransformer.Shape.T5, 20);
        cached = Seq2SeqGraphs.open(model.write(folder.resolve("cached"), Seq2SeqLayout.CROSS_CACHE), 0, false, 1);
        plain = Seq2SeqGraphs.open(model.write(folder.resolve("plain"), Seq2SeqLayout.PLAIN), 0, false, 1);
    }

    @AfterEach
    void close() {
        cached.close();
        plain.close();
    }

    private record Text(List<Integer> tokens, double logProbability, int length) {
        double score(double lengthPenalty) {
            return logProbability / Math.pow(length, lengthPenalty);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 0.6, 1, 2})
    void aWideBeamFindsTheBestOfAllTexts(double lengthPenalty) throws Exception {
        Decoding decoding = WIDE.withLengthPenalty(lengthPenalty).withEarlyStopping(EarlyStopping.NEVER);
        List<GeneratedTokens> found;
        try (DecoderState state = cached.start(sources)) {
            found = new BeamSearch(SearchRules.of(TOKENS, decoding, () -> false)).run(state);
        }

        List<List<Integer>> best = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            List<Text> all = new ArrayList<>();
            collect(sources.get(i), new ArrayList<>(), 0, all);
            assertThat(all).hasSize(1 + 4 + 16 + 64 + 256); // ended after 0 to 3 words, or cut after the 4th
            Text expected = all.stream()
                    .max(Comparator.comparingDouble(text -> text.score(lengthPenalty)))
                    .orElseThrow();

            assertThat(found.get(i).tokens()).isEqualTo(expected.tokens());
            assertThat(found.get(i).score()).isCloseTo(expected.score(lengthPenalty), within(1e-4));
            best.add(expected.tokens());
        }
        if (lengthPenalty >= 1) { // else all texts are best when empty
            assertThat(best.stream().distinct().count()).isGreaterThan(1);
        }
    }

    @Test
    void aNarrowBeamMissesSomeOfThem() {
        double wide = 0;
        double narrow = 0;
        for (int beams : List.of(2, 64)) {
            try (DecoderState state = cached.start(Sources.random(40))) {
                double sum = new BeamSearch(SearchRules.of(
                                TOKENS, WIDE.withTokens(LONGEST, LONGEST).withBeams(beams), () -> false))
                        .run(state).stream().mapToDouble(GeneratedTokens::score).sum();
                wide = beams == 64 ? sum : wide;
                narrow = beams == 2 ? sum : narrow;
            }
        }

        assertThat(narrow).isLessThan(wide);
    }

    /** Every text that goes on from {@code said}, its probabilities from a decoder without any cache. */
    private void collect(long[] source, List<Integer> said, double logProbability, List<Text> texts) {
        if (said.size() == LONGEST) {
            texts.add(new Text(List.copyOf(said), logProbability, LONGEST));
            return;
        }
        float[] next = next(source, said);
        LogProbabilities.normalise(next);
        for (int token : ALLOWED) {
            double sum = logProbability + next[token];
            if (token == TinySeq2Seq.END) {
                texts.add(new Text(List.copyOf(said), sum, said.size() + 1));
            } else {
                said.add(token);
                collect(source, said, sum, texts);
                said.remove(said.size() - 1);
            }
        }
    }

    private float[] next(long[] source, List<Integer> said) {
        try (DecoderState state = plain.start(List.of(source))) {
            Logits logits = state.step(new int[] {TinySeq2Seq.PAD});
            for (int token : said) {
                logits = state.step(new int[] {token});
            }
            return logits.row(0);
        }
    }
}
