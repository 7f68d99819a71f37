package io.lexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.summary.Remark;
import io.lexstream.summary.Theme;
import io.lexstream.summary.ThemeSettings;
import io.lexstream.summary.Themes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forty messages about one coffee machine, embedded by the real encoder: four themes are planted in them. */
class ThemesIT {
    private static final List<String> LEAKS = List.of(
            "The water tank leaks, there is a puddle under the machine every morning.",
            "It leaks.",
            "It leaks!",
            "Water runs out below the tank as soon as I fill it.",
            "The seal of the tank is not tight and the worktop gets wet.",
            "After a week it started to drip from the bottom.",
            "My kitchen counter is flooded: the reservoir is leaking.",
            "I have to put a towel under it because water drips out.",
            "The tank has a crack and loses water.",
            "A leaking tank after only ten days, really?");
    private static final List<String> DELIVERY = List.of(
            "Delivery took three weeks instead of two days.",
            "The parcel came far too late.",
            "I waited a month for the package to arrive.",
            "The courier left it at the wrong address and it came days later.",
            "Shipping was very slow.",
            "Shipping was very slow!!",
            "Ordered for my mother's birthday, delivered two weeks after it.",
            "Tracking said delivered, but the parcel only arrived on the following Tuesday.",
            "Late delivery and no message from the carrier.",
            "It was shipped late and then stuck at the depot for nine days.");
    private static final List<String> TASTE = List.of(
            "The coffee tastes wonderful, like in an Italian bar.",
            "Best espresso I have ever made at home.",
            "Delicious coffee with a thick crema.",
            "The taste of the espresso is excellent.",
            "I love the aroma, every cup is a pleasure.",
            "Rich, smooth coffee, never bitter.",
            "My cappuccino tastes as good as in the cafe.",
            "Great flavour, the whole family enjoys the coffee.",
            "Such a tasty cup of coffee in the morning!",
            "Perfect espresso, full of flavour.");
    private static final List<String> NOISE = List.of(
            "The grinder is so loud that it wakes the children.",
            "Very noisy machine.",
            "The noise when it grinds is unbearable.",
            "It rattles and hums like a tractor.",
            "Much too loud in the morning, my neighbours complained.",
            "You cannot talk while it is grinding, such a racket.",
            "The pump makes a terrible noise.",
            "A loud, shrill sound each time I switch it on.",
            "So noisy that I use it only when nobody sleeps.",
            "The grinding noise is louder than my vacuum cleaner.");

    private static TextEncoder encoder;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        BgeFiles files = BgeFiles.unpackTo(directory);
        encoder = TextEncoder.open(files.graph(), files.tokenizer(), Pooling.CLS, 128, InferenceSettings.DEFAULT);
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void plantedThemesAreFoundAndEachIsQuotedByItsOwnMessages() {
        List<String> messages = mixed(LEAKS, DELIVERY, TASTE, NOISE);

        List<Theme> themes = themes(messages);

        assertThat(themes).hasSizeBetween(4, 6);
        assertThat(themes.subList(0, 4)).allMatch(theme -> theme.texts() >= 6);
        List<List<String>> planted = List.of(LEAKS, DELIVERY, TASTE, NOISE);
        assertThat(themes.subList(0, 4).stream()
                        .map(theme -> plantedOf(theme, planted))
                        .collect(Collectors.toSet()))
                .as("each planted theme once, and its quotes from no other")
                .hasSize(4);
        assertThat(themes)
                .flatExtracting(Theme::quotes)
                .allMatch(quote -> messages.get(quote.text()).equals(quote.words()));
    }

    @Test
    void whatManySayAlmostAlikeIsOneQuoteWithItsCount() {
        List<Theme> themes = themes(List.of(
                "Shipping was very slow.",
                "The coffee tastes wonderful.",
                "Shipping was very slow!!",
                "shipping was VERY slow",
                "The parcel came far too late.",
                "Best espresso I have ever made at home."));

        assertThat(themes.get(0).texts()).isEqualTo(4);
        assertThat(themes.get(0).quotes().stream().mapToInt(Theme.Quote::texts)).contains(3);
    }

    private static List<Theme> themes(List<String> messages) {
        List<Remark> remarks = Remark.in(messages);
        List<float[]> embeddings = encoder
                .encode(new TextBatch(remarks.stream().map(Remark::words).toList()))
                .stream()
                .map(text -> text.windows().get(0))
                .toList();
        return Themes.of(remarks, embeddings, ThemeSettings.DEFAULT);
    }

    /** The planted theme that all of the theme's quotes belong to. */
    private static int plantedOf(Theme theme, List<List<String>> planted) {
        List<Integer> found = theme.quotes().stream()
                .map(quote -> planted.indexOf(planted.stream()
                        .filter(messages -> messages.contains(quote.words()))
                        .findFirst()
                        .orElseThrow()))
                .distinct()
                .toList();
        assertThat(found).as("quotes of one theme: %s", theme).hasSize(1);
        return found.get(0);
    }

    /** One of each in turn, as they would come in. */
    @SafeVarargs
    private static List<String> mixed(List<String>... themes) {
        List<String> mixed = new ArrayList<>();
        for (int i = 0; i < themes[0].size(); i++) {
            for (List<String> theme : themes) {
                mixed.add(theme.get(i));
            }
        }
        return mixed;
    }
}
