package io.lexstream.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThemesTest {
    private static final ThemeSettings SETTINGS = new ThemeSettings(8, 2, 2, 60, 0.4);

    private final List<Remark> remarks = new ArrayList<>();
    private final List<float[]> embeddings = new ArrayList<>();

    @Test
    void themesComeWithTheMostSpokenOfFirstAndCountTexts() {
        say(0, "The parcel came late.", 1, 0, 0.1f);
        say(1, "The lid leaks.", 0, 1, 0.1f);
        say(2, "Two weeks for a parcel!", 0.9f, 0.1f, -0.2f);
        say(3, "Delivery took for ever.", 0.9f, -0.1f, 0.3f);
        say(4, "Water runs out of the lid.", 0.1f, 0.9f, -0.2f);

        List<Theme> themes = Themes.of(remarks, embeddings, SETTINGS);

        assertThat(themes).extracting(Theme::texts).containsExactly(3, 2);
        assertThat(themes.get(0).quotes()).extracting(Theme.Quote::text).isSubsetOf(0, 2, 3);
        assertThat(themes.get(1).quotes()).extracting(Theme.Quote::text).isSubsetOf(1, 4);
    }

    @Test
    void aTextThatSpeaksOfAThemeTwiceCountsOnce() {
        say(0, "The parcel came late.", 1, 0, 0.1f);
        say(0, "Two weeks for a parcel!", 0.9f, 0.1f, -0.3f);
        say(1, "Delivery took for ever.", 0.9f, -0.1f, 0.4f);
        say(2, "The lid leaks.", 0, 1, 0.1f);
        say(3, "Water runs out of the lid.", 0.1f, 0.9f, -0.3f);

        assertThat(Themes.of(remarks, embeddings, SETTINGS))
                .extracting(Theme::texts)
                .containsExactly(2, 2);
    }

    @Test
    void nearlyTheSameRemarkIsQuotedOnceWithItsCount() {
        say(0, "The lid leaks.", 0, 1, 0);
        say(1, "The lid leaks!", 0, 1, 0.01f);
        say(2, "THE LID LEAKS", 0.02f, 1, 0);
        say(3, "Water runs out of the lid.", 0.4f, 0.9f, -0.2f);
        say(4, "The parcel came late.", 1, 0, 0.2f);
        say(5, "Two weeks for a parcel!", 0.9f, 0.1f, -0.3f);

        List<Theme> themes = Themes.of(remarks, embeddings, SETTINGS);

        assertThat(themes.get(0).texts()).isEqualTo(4);
        assertThat(themes.get(0).quotes())
                .contains(new Theme.Quote("The lid leaks.", 0, 3))
                .extracting(Theme.Quote::words)
                .doesNotContain("The lid leaks!", "THE LID LEAKS");
    }

    @Test
    void quotesAreShortUnlessNoneIs() {
        String endless = "The parcel came late, and when it came at last it was the wrong one, and it was wet.";
        say(0, endless, 1, 0, 0);
        say(1, "Late.", 0.8f, 0.3f, 0.2f);
        say(2, endless + " " + endless, 0, 1, 0);
        say(3, endless + " Well.", 0.2f, 0.8f, 0.3f);

        List<Theme> themes = Themes.of(remarks, embeddings, SETTINGS);

        assertThat(themes)
                .extracting(theme -> theme.quotes().get(0).words())
                .containsExactlyInAnyOrder("Late.", endless + " Well.");
        assertThat(themes).allMatch(theme -> theme.quotes().size() == 1);
    }

    @Test
    void whatOneTextAloneSpeaksOfIsNoTheme() {
        say(0, "The parcel came late.", 1, 0, 0);

        assertThat(Themes.of(remarks, embeddings, SETTINGS)).isEmpty();
        assertThat(Themes.of(List.of(), List.of(), SETTINGS)).isEmpty();
    }

    @Test
    void remarksBehindTheClusteredOnesJoinTheNearestTheme() {
        for (int i = 0; i < 2500; i++) {
            float noise = (i % 50) / 50f;
            boolean late = i % 5 < 3;
            say(i, "remark " + i, late ? 1 : 0.7f * noise, late ? 0.7f * noise : 1, (float) Math.sin(i));
        }

        List<Theme> themes = Themes.of(remarks, embeddings, new ThemeSettings(30, 1, 1, 60, 0.4));

        int texts = themes.stream().mapToInt(Theme::texts).sum();
        assertThat(texts).isEqualTo(2500);
    }

    @Test
    void aShortTextIsOneRemarkAndALongOneIsItsSentences() {
        String longer = "Hello! The parcel came two weeks late and nobody answered any of my four mails about it. "
                + "At least the lamp itself works well.";

        List<Remark> remarks = Remark.in(List.of("Late. Very late.", longer, "---"));

        assertThat(remarks)
                .containsExactly(
                        new Remark(0, "Late. Very late."),
                        new Remark(
                                1, "The parcel came two weeks late and nobody answered any of my four mails about it."),
                        new Remark(1, "At least the lamp itself works well."));
    }

    @Test
    void theOrderOfTheSameRemarksDoesNotMatterForTheCounts() {
        IntStream.range(0, 12).forEach(i -> say(i, "late " + i, 1, 0.3f * (i % 3), 0.1f * (i % 4)));
        IntStream.range(12, 20).forEach(i -> say(i, "leaks " + i, 0.3f * (i % 3), 1, -0.1f * (i % 4)));
        List<Theme> forth = Themes.of(remarks, embeddings, SETTINGS);
        Collections.reverse(remarks);
        Collections.reverse(embeddings);

        assertThat(Themes.of(remarks, embeddings, SETTINGS))
                .extracting(Theme::texts)
                .isEqualTo(forth.stream().map(Theme::texts).toList());
    }

    private void say(int text, String words, float late, float leaks, float other) {
        remarks.add(new Remark(text, words));
        embeddings.add(new float[] {late, leaks, other});
    }
}
