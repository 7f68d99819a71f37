package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.Pooling;
import io.lexstream.model.BaseEncoders;
import io.lexstream.model.ContentStore;
import io.lexstream.summary.Remark;
import io.lexstream.summary.Theme;
import io.lexstream.summary.ThemeSettings;
import io.lexstream.summary.Themes;
import io.lexstream.trainer.FrozenEncoder;
import io.lexstream.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What customers of one business wrote, in one: on the corpus' own messages, by the encoder that Lexstream brings. */
class ThemesOnFeedbackIT {
    private static final int SHUFFLES = 1000;

    /** Every remark is quoted, so that it can be seen what was put together. */
    private static final ThemeSettings ALL_QUOTED = new ThemeSettings(24, 2, 1000, 10_000, 0);

    private static FrozenEncoder encoder;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        encoder = FrozenEncoder.open(
                BaseEncoders.onClassPath().named("bge-small-en-v1.5"),
                new ContentStore(directory.resolve("store")),
                directory.resolve("features"),
                Pooling.CLS,
                128,
                InferenceSettings.DEFAULT);
    }

    @AfterAll
    static void close() throws IOException {
        encoder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hotel", "airline", "restaurant", "gym", "parcel", "campsite"})
    void whatIsPutTogetherIsOfOneTopicMoreOftenThanChanceWouldHaveIt(String business) throws IOException {
        List<CorpusMessages.Message> messages = of(business);
        List<Theme> themes = themes(messages, ALL_QUOTED);
        List<List<Integer>> members = themes.stream()
                .map(theme -> theme.quotes().stream().map(Theme.Quote::text).toList())
                .toList();
        List<String> topics =
                messages.stream().map(CorpusMessages.Message::topic).collect(Collectors.toCollection(ArrayList::new));
        double purity = purity(members, topics);
        Random random = new Random(7);
        int better = 0;
        double sum = 0;
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            Collections.shuffle(topics, random);
            double byChance = purity(members, topics);
            better += byChance >= purity ? 1 : 0;
            sum += byChance;
        }

        System.out.printf(
                "%s: %d messages, %d themes, purity %.2f, by chance %.2f, as pure by chance %d of %d%n",
                business, messages.size(), themes.size(), purity, sum / SHUFFLES, better, SHUFFLES);
        assertThat(themes).hasSizeGreaterThan(2);
        assertThat(better).isLessThan(SHUFFLES / 20);
    }

    @Test
    void quotesAreVerbatimAndCountsAddUp() throws IOException {
        List<CorpusMessages.Message> messages = of("hotel");

        List<Theme> themes = themes(messages, ThemeSettings.DEFAULT);

        themes.forEach(theme -> System.out.println(theme.texts() + " texts: " + theme.quotes()));
        assertThat(themes).isNotEmpty().hasSizeLessThanOrEqualTo(8);
        assertThat(themes).extracting(Theme::texts).isSortedAccordingTo(Collections.reverseOrder());
        for (Theme theme : themes) {
            assertThat(theme.texts()).isBetween(2, messages.size());
            assertThat(theme.quotes()).hasSizeBetween(1, 3).allSatisfy(quote -> {
                assertThat(messages.get(quote.text()).english()).contains(quote.words());
                assertThat(quote.texts()).isBetween(1, theme.texts());
            });
            assertThat(theme.quotes()).extracting(Theme.Quote::words).doesNotHaveDuplicates();
        }
        for (Theme theme : themes(messages, ALL_QUOTED)) {
            long texts =
                    theme.quotes().stream().map(Theme.Quote::text).distinct().count();
            int said = theme.quotes().stream().mapToInt(Theme.Quote::texts).sum();
            assertThat((long) theme.texts()).isBetween(texts, (long) said);
        }
    }

    @Test
    void theSameMessagesGiveTheSameThemes() throws IOException {
        List<CorpusMessages.Message> messages = of("airline");

        assertThat(themes(messages, ThemeSettings.DEFAULT)).isEqualTo(themes(messages, ThemeSettings.DEFAULT));
    }

    private static List<CorpusMessages.Message> of(String business) throws IOException {
        List<CorpusMessages.Message> messages = CorpusMessages.all().stream()
                .filter(message -> message.business().equals(business))
                .toList();
        assertThat(messages).hasSizeGreaterThan(40);
        return messages;
    }

    private static List<Theme> themes(List<CorpusMessages.Message> messages, ThemeSettings settings)
            throws IOException {
        List<Remark> remarks =
                Remark.in(messages.stream().map(CorpusMessages.Message::english).toList());
        encoder.read("remarks", remarks.stream().map(Remark::words).toList(), Progress.silent());
        List<float[]> embeddings = new ArrayList<>();
        for (Remark remark : remarks) {
            embeddings.add(encoder.features().get(remark.words()));
        }
        return Themes.of(remarks, embeddings, settings);
    }

    /**
     * Share of the themes' remarks that are of their theme's most frequent topic (Manning et al. 2008, section 16.3).
     */
    private static double purity(List<List<Integer>> themes, List<String> topics) {
        long right = 0;
        int all = 0;
        for (List<Integer> theme : themes) {
            Map<String, Long> counts =
                    theme.stream().collect(Collectors.groupingBy(topics::get, Collectors.counting()));
            right += Collections.max(counts.values());
            all += theme.size();
        }
        return all == 0 ? 0 : right / (double) all;
    }
}
