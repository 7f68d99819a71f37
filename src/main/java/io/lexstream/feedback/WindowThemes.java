package io.lexstream.feedback;

import io.lexstream.schemas.AlertQuote;
import io.lexstream.schemas.FeedbackQuote;
import io.lexstream.schemas.FeedbackTheme;
import io.lexstream.summary.Remark;
import io.lexstream.summary.TermVectors;
import io.lexstream.summary.Theme;
import io.lexstream.summary.ThemeSettings;
import io.lexstream.summary.Themes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the texts of a window speak of: {@link Themes} over vectors of their terms, as no embedding travels with a
 * {@link io.lexstream.schemas.FeedbackAnalysis}. So two texts share a theme if they share words.
 */
public final class WindowThemes {
    private static final ThemeSettings SETTINGS = new ThemeSettings(5, 2, 3, 200, 0.4);

    /** Where too few texts share a word, the texts themselves are the themes. */
    private static final ThemeSettings LONE = new ThemeSettings(3, 1, 3, 200, 0.4);

    /** Comparing texts grows with their square; the first of a sample are a fair one, too. */
    private static final int MOST_COMPARED = 100;

    private WindowThemes() {}

    /** @param sample in an order that does not depend on the order of arrival */
    public static List<FeedbackTheme> of(List<SampledText> sample) {
        return find(sample).stream()
                .map(theme -> new FeedbackTheme(
                        theme.texts(),
                        theme.quotes().stream()
                                .map(quote -> {
                                    SampledText text = sample.get(quote.text());
                                    return new FeedbackQuote(text.id(), quote.words(), text.sentiment(), quote.texts());
                                })
                                .toList()))
                .toList();
    }

    /** The quotes of the largest themes, at most {@code most}, the best of each theme first. */
    public static List<AlertQuote> quotes(List<SampledText> sample, int most) {
        List<FeedbackTheme> themes = of(sample);
        return IntStream.range(0, SETTINGS.quotes())
                .boxed()
                .flatMap(rank -> themes.stream()
                        .filter(theme -> theme.getQuotes().size() > rank)
                        .map(theme -> theme.getQuotes().get(rank)))
                .limit(most)
                .map(quote -> new AlertQuote(quote.getEventId(), quote.getWords(), quote.getTexts()))
                .toList();
    }

    private static List<Theme> find(List<SampledText> sample) {
        List<SampledText> compared = sample.subList(0, Math.min(sample.size(), MOST_COMPARED));
        List<Remark> remarks =
                Remark.in(compared.stream().map(SampledText::words).toList());
        List<float[]> vectors =
                TermVectors.of(remarks.stream().map(Remark::words).toList());
        List<Theme> themes = Themes.of(remarks, vectors, SETTINGS);
        return themes.isEmpty() ? Themes.of(remarks, vectors, LONE) : themes;
    }
}
