package io.lexstream.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lexstream.model.ModelRejectedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenGeneratorTest {
    /** Its random texts differ in content and length in all shapes. */
    private static final long SEED = 33;

    private static final int LONGEST = 12;

    private static final Decoding GREEDY =
            Decoding.GREEDY.withTokens(0, LONGEST).withRepetition(2, 1);
    private static final Decoding BEAMS = GREEDY.withBeams(3).withLengthPenalty(0.7);

    private final AtomicLong nanoTime = new AtomicLong();

    @TempDir
    Path folder;

    static Stream<Arguments> everyShapeAndLayout() {
        return Stream.of(TinyTransformer.Shape.values())
                .flatMap(shape -> Stream.of(Seq2SeqLayout.values()).map(layout -> Arguments.of(shape, layout)));
    }

    @ParameterizedTest
    @EnumSource(TinyTransformer.Shape.class)
    void everyLayoutGivesTheSameTokensForTheSameWeights(TinyTransformer.Shape shape) throws Exception {
        List<long[]> sources = Sources.random(12);

        for (Decoding decoding : List.of(GREEDY, BEAMS)) {
            Map<Seq2SeqLayout, List<GeneratedTokens>> targets = new EnumMap<>(Seq2SeqLayout.class);
            for (Seq2SeqLayout layout : Seq2SeqLayout.values()) {
                try (TokenGenerator generator = open(shape, layout)) {
                    targets.put(layout, generator.generate(sources, decoding));
                }
            }

            List<GeneratedTokens> uncached = Objects.requireNonNull(targets.get(Seq2SeqLayout.PLAIN));
            assertThat(uncached.stream().map(GeneratedTokens::tokens).distinct())
                    .hasSizeGreaterThan(5);
            assertThat(decoding.beams() > 1 || lengths(uncached) > 1)
                    .as("rows leave the batch")
                    .isTrue();
            targets.forEach((layout, cached) -> assertSame(cached, uncached, shape + " " + layout));
        }
    }

    @ParameterizedTest
    @MethodSource("everyShapeAndLayout")
    void aBatchGivesWhatItsTextsGiveOneByOne(TinyTransformer.Shape shape, Seq2SeqLayout layout) throws Exception {
        List<long[]> sources = Sources.random(16);

        try (TokenGenerator generator = open(shape, layout)) {
            for (Decoding decoding : List.of(GREEDY, BEAMS)) {
                List<GeneratedTokens> together = generator.generate(sources, decoding);
                List<GeneratedTokens> alone = new ArrayList<>();
                for (long[] source : sources) {
                    alone.addAll(generator.generate(List.of(source), decoding));
                }

                assertSame(together, alone, layout.toString());
                assertSame(generator.generate(sources, decoding.withBatchTokens(1)), alone, "no budget");
                assertSame(generator.generate(sources, decoding.withBatchTokens(150)), alone, "some budget");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyShapeAndLayout")
    void whatIsNotRememberedIsReadAgain(TinyTransformer.Shape shape, Seq2SeqLayout layout) throws Exception {
        List<long[]> sources = Sources.random(12);

        try (TokenGenerator generator = open(shape, layout)) {
            for (Decoding decoding : List.of(GREEDY, BEAMS)) {
                List<GeneratedTokens> cached = generator.generate(sources, decoding);
                List<GeneratedTokens> uncached = generator.generate(sources, decoding.withoutCache());

                assertThat(uncached.stream().map(GeneratedTokens::tokens).distinct())
                        .hasSizeGreaterThan(5);
                assertSame(uncached, cached, layout.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TinyTransformer.Shape.class)
    void oneBeamIsGreedy(TinyTransformer.Shape shape) throws Exception {
        List<long[]> sources = Sources.random(12);
        TinySeq2Seq model = new TinySeq2Seq(shape, SEED);
        Seq2SeqFiles files = model.write(folder, Seq2SeqLayout.CROSS_CACHE);
        SearchRules rules = SearchRules.of(model.tokens(), GREEDY, () -> false);

        try (Seq2SeqGraphs graphs = Seq2SeqGraphs.open(files, TinySeq2Seq.PAD, false, 1);
                DecoderState one = graphs.start(sources);
                DecoderState other = graphs.start(sources)) {
            List<GeneratedTokens> beam = new BeamSearch(rules).run(one);
            List<TokenChoice> likeliest = java.util.Collections.nCopies(sources.size(), TokenChoice::likeliest);
            List<GeneratedTokens> greedy = new GreedySearch(rules, likeliest).run(other);

            assertThat(beam.stream().map(GeneratedTokens::tokens).toList())
                    .isEqualTo(greedy.stream().map(GeneratedTokens::tokens).toList());
        }
    }

    @Test
    void moreBeamsFindLikelierTexts() throws Exception {
        List<long[]> sources = Sources.random(12);
        Decoding plain = Decoding.GREEDY.withTokens(0, LONGEST).withLengthPenalty(0);

        try (TokenGenerator generator = open(TinyTransformer.Shape.T5, Seq2SeqLayout.CROSS_CACHE)) {
            double one = sum(generator.generate(sources, plain));
            double eight = sum(generator.generate(sources, plain.withBeams(8)));

            assertThat(eight).isGreaterThan(one + 1);
        }
    }

    @Test
    void samplesAreRepeatedByTheirSeedWhateverElseIsInTheBatch() throws Exception {
        List<long[]> sources = Sources.random(12);
        Decoding seven = GREEDY.withSampling(new Sampling(1.2, 10, 0.95, 7));

        try (TokenGenerator generator = open(TinyTransformer.Shape.BART, Seq2SeqLayout.WITH_PAST)) {
            List<GeneratedTokens> first = generator.generate(sources, seven);

            assertSame(generator.generate(sources, seven), first, "again");
            assertSame(generator.generate(sources.subList(3, 5), seven), first.subList(3, 5), "a part");
            assertThat(generator.generate(sources, GREEDY.withSampling(new Sampling(1.2, 10, 0.95, 8))))
                    .isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource(TinyTransformer.Shape.class)
    void forcedTokensAreWhereTheyBelongAndBannedOnesNowhere(TinyTransformer.Shape shape) throws Exception {
        List<long[]> sources = Sources.random(12);

        try (TokenGenerator generator = open(shape, Seq2SeqLayout.MERGED)) {
            for (Decoding decoding : List.of(GREEDY, BEAMS)) {
                for (GeneratedTokens target : generator.generate(sources, decoding)) {
                    assertThat(target.tokens()).doesNotContainAnyElementsOf(TinySeq2Seq.ENDS);
                    if (shape == TinyTransformer.Shape.BART) {
                        assertThat(target.tokens())
                                .startsWith(TinySeq2Seq.BEGIN)
                                .hasSizeLessThan(LONGEST);
                        assertThat(target.stopReason()).isEqualTo(StopReason.END);
                    }
                    if (shape == TinyTransformer.Shape.MARIAN) {
                        assertThat(target.tokens()).doesNotContain(TinySeq2Seq.PAD);
                    }
                }
            }
        }
    }

    @Test
    void aTextThatTakesTooLongEndsWithWhatThereIs() throws Exception {
        List<long[]> sources = Sources.random(6);
        // No end before the deadline can come: the clock goes on by a second each time it is looked at.
        Decoding endless = GREEDY.withTokens(LONGEST, LONGEST);

        try (TokenGenerator generator = open(TinyTransformer.Shape.MARIAN, Seq2SeqLayout.CROSS_CACHE)) {
            List<GeneratedTokens> whole = generator.generate(sources, endless);
            assertThat(whole).allMatch(target -> target.stopReason() == StopReason.LENGTH);
            for (int beams : List.of(1, 4)) {
                List<GeneratedTokens> cut =
                        generator.generate(sources, endless.withBeams(beams).withDeadline(Duration.ofSeconds(5)));

                assertThat(cut).allMatch(target -> target.stopReason() == StopReason.DEADLINE);
                assertThat(cut).allMatch(target -> target.tokens().size() == 5);
            }
            assertThat(generator.generate(sources, endless.withDeadline(Duration.ofSeconds(100))))
                    .isEqualTo(whole);
        }
    }

    @Test
    void aTextIsAsLongAsItMustBe() throws Exception {
        List<long[]> sources = Sources.random(12);

        try (TokenGenerator generator = open(TinyTransformer.Shape.T5, Seq2SeqLayout.PLAIN)) {
            for (Decoding decoding : List.of(GREEDY, BEAMS)) {
                assertThat(generator.generate(sources, decoding).stream()
                                .map(target -> target.tokens().size()))
                        .anyMatch(length -> length < 7);
                assertThat(generator.generate(sources, decoding.withTokens(7, 9)).stream()
                                .map(target -> target.tokens().size()))
                        .allMatch(length -> length >= 7 && length <= 9);
            }
        }
    }

    @Test
    void aConfigurationOfOtherTokensThanTheDecoderHasIsRefused() throws Exception {
        Seq2SeqFiles files = new TinySeq2Seq(TinyTransformer.Shape.T5, SEED).write(folder, Seq2SeqLayout.PLAIN);
        Seq2SeqGraphs graphs = Seq2SeqGraphs.open(files, 0, false, 1);

        assertThatThrownBy(() -> TokenGenerator.of(graphs, SpecialTokens.of(0, 24, 0), nanoTime::get))
                .isInstanceOf(ModelRejectedException.class)
                .hasMessageContaining("token 24, the decoder has 24");
    }

    private TokenGenerator open(TinyTransformer.Shape shape, Seq2SeqLayout layout) throws Exception {
        TinySeq2Seq model = new TinySeq2Seq(shape, SEED);
        Seq2SeqFiles files = model.write(folder.resolve(shape + "-" + layout), layout);
        Seq2SeqGraphs graphs = Seq2SeqGraphs.open(files, TinySeq2Seq.PAD, false, 1);
        assertThat(graphs.layout()).isEqualTo(layout);
        return TokenGenerator.of(
                graphs,
                model.tokens(),
                () -> nanoTime.getAndAdd(Duration.ofSeconds(1).toNanos()));
    }

    private static long lengths(List<GeneratedTokens> targets) {
        return targets.stream().map(target -> target.tokens().size()).distinct().count();
    }

    private static double sum(List<GeneratedTokens> targets) {
        return targets.stream().mapToDouble(GeneratedTokens::score).sum();
    }

    private static void assertSame(List<GeneratedTokens> actual, List<GeneratedTokens> expected, String what) {
        assertThat(actual.stream().map(GeneratedTokens::tokens).toList())
                .as(what)
                .isEqualTo(expected.stream().map(GeneratedTokens::tokens).toList());
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).score()).as(what).isCloseTo(expected.get(i).score(), within(1e-4));
            assertThat(actual.get(i).stopReason()).isEqualTo(expected.get(i).stopReason());
        }
    }
}
