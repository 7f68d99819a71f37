package io.lexstream.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.schemas.AlertQuote;
import io.lexstream.schemas.FeedbackQuote;
import io.lexstream.schemas.FeedbackTheme;
import io.lexstream.schemas.RisingTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Themes, quotes and rising terms of samples. */
class WindowThemesTest {
    private static final List<String> LIDS = List.of(
            "The lid leaks coffee everywhere.", "My lid leaks after two days.", "This lid leaks whenever I drink.");
    private static final List<String> PARCELS =
            List.of("The parcel arrived broken.", "Parcel arrived late and broken.");

    @Test
    void textsThatShareWordsAreATheme() {
        List<String> texts = new ArrayList<>(LIDS);
        texts.addAll(PARCELS);

        List<FeedbackTheme> themes = WindowThemes.of(sample(texts));

        assertThat(themes).extracting(FeedbackTheme::getTexts).containsExactly(3, 2);
        assertThat(themes.get(0).getQuotes())
                .extracting(FeedbackQuote::getWords)
                .isSubsetOf(LIDS);
        assertThat(themes.get(1).getQuotes())
                .extracting(FeedbackQuote::getEventId)
                .isSubsetOf("e-3", "e-4");
    }

    @Test
    void textsThatShareNothingAreQuotedAllTheSame() {
        List<FeedbackTheme> themes = WindowThemes.of(sample(List.of("Lovely colour!")));

        assertThat(themes).hasSize(1);
        assertThat(themes.get(0).getQuotes().get(0).getWords()).isEqualTo("Lovely colour!");
        assertThat(WindowThemes.of(List.of())).isEmpty();
        assertThat(WindowThemes.of(sample(List.of("", "…", "!!!")))).isEmpty();
    }

    @Test
    void anAlertQuotesTheBestOfEachThemeFirst() {
        List<String> texts = new ArrayList<>(LIDS);
        texts.addAll(PARCELS);

        List<AlertQuote> quotes = WindowThemes.quotes(sample(texts), 2);

        assertThat(quotes).hasSize(2);
        assertThat(LIDS).contains(quotes.get(0).getWords());
        assertThat(PARCELS).contains(quotes.get(1).getWords());
    }

    @Test
    void whatIsNewRisesAndWhatWasAlwaysSaidDoesNot() {
        List<SampledText> before = sample(repeat("The coffee mug keeps coffee warm", 40));
        List<String> today = new ArrayList<>(repeat("The coffee mug keeps coffee warm", 30));
        today.addAll(repeat("The coffee mug exploded", 12));

        List<RisingTerm> rising = RisingTerms.of(sample(today), before);

        assertThat(rising).isNotEmpty();
        assertThat(rising.get(0).getTerm()).contains("exploded");
        assertThat(rising.get(0).getTexts()).isEqualTo(12);
        assertThat(rising.get(0).getTextsBefore()).isZero();
        assertThat(rising).extracting(RisingTerm::getTerm).doesNotContain("coffee", "warm", "keeps");
    }

    @Test
    void oneVoiceThatRepeatsAWordDoesNotMakeItRise() {
        List<SampledText> before = sample(repeat("The coffee keeps warm", 40));
        List<String> today = new ArrayList<>(repeat("The coffee keeps warm", 40));
        today.add("refund ".repeat(80));

        assertThat(RisingTerms.of(sample(today), before)).isEmpty();
    }

    @Test
    void withoutADayBeforeNothingRises() {
        assertThat(RisingTerms.of(sample(LIDS), List.of())).isEmpty();
    }

    @Test
    void theSampleIsFairWhateverTheIdsLookLike() {
        int count = 10_000;

        long low = IntStream.range(0, count)
                .filter(i -> SampledText.priority("fb-" + i) < Long.MAX_VALUE / 4)
                .count();

        assertThat(low / (double) count).isBetween(0.23, 0.27);
    }

    private static List<String> repeat(String text, int times) {
        return IntStream.range(0, times).mapToObj(i -> text).toList();
    }

    private static List<SampledText> sample(List<String> texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new SampledText("e-" + i, texts.get(i), "negative"))
                .toList();
    }
}
