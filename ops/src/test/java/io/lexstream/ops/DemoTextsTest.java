package io.lexstream.ops;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo stream: every line is a whole, distinct message, and the mix is the one that the demo promises. */
class DemoTextsTest {

    /** One line of the demo stream: what is sent, and what its author meant by it. */
    record DemoText(
            String id,
            String key,
            String text,
            String source,
            String language,
            String sentiment,
            String spam,
            String kind) {}

    private static final ObjectReader LINE = new ObjectMapper()
            .readerFor(DemoText.class)
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern ADDRESS = Pattern.compile("(?<=://|@|www\\.)[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern NOT_A_WORD = Pattern.compile("[\\s\\p{Punct}]+");

    private static final List<DemoText> TEXTS = new ArrayList<>();

    @BeforeAll
    static void readTheStream() throws IOException {
        try (var resource = Objects.requireNonNull(DemoTextsTest.class.getResourceAsStream("/demo/feedback.jsonl"))) {
            for (String line : new String(resource.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty()) {
                    TEXTS.add(LINE.readValue(line));
                }
            }
        }
    }

    @Test
    void thereAreAFewHundredMessagesNumberedInTheirOrder() {
        assertThat(TEXTS).hasSizeBetween(300, 500);
        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(TEXTS.get(i).id()).isEqualTo(String.format(Locale.ROOT, "demo-%04d", i + 1));
        }
    }

    @Test
    void noTextIsBlankBrokenOrThereTwice() {
        assertThat(TEXTS)
                .allSatisfy(text -> assertThat(text.text())
                        .as(text.id())
                        .isNotBlank()
                        .doesNotContain("\uFFFD")
                        .isEqualTo(text.text().strip()));
        assertThat(TEXTS)
                .extracting(text ->
                        NOT_A_WORD.matcher(text.text().toLowerCase(Locale.ROOT)).replaceAll(" "))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyLanguageTellsOfEveryKind() {
        var kindsByLanguage = TEXTS.stream().collect(groupingBy(DemoText::language, mapping(DemoText::kind, toSet())));

        assertThat(kindsByLanguage).containsOnlyKeys("en", "de", "fr", "es");
        assertThat(kindsByLanguage.values()).containsOnly(Set.of("praise", "complaint", "question", "spam", "mixed"));
    }

    @Test
    void aboutHalfIsEnglishAndAboutAnEighthIsSpam() {
        assertThat(share(DemoText::language, "en")).isBetween(0.45, 0.55);
        assertThat(share(DemoText::spam, "spam")).isBetween(0.08, 0.16);
    }

    @Test
    void labelsAndSourcesAreKnownOnesAndFitTheKind() {
        assertThat(TEXTS).allSatisfy(text -> {
            assertThat(text.key()).as(text.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(text.source()).as(text.id()).isIn("app", "email", "shop", "chat", "social");
            assertThat(text.spam()).as(text.id()).isEqualTo(text.kind().equals("spam") ? "spam" : "ham");
            assertThat(text.sentiment()).as(text.id()).isEqualTo(sentimentOf(text.kind()));
        });
    }

    @Test
    void someAreVeryLongAndSomeVeryShort() {
        assertThat(TEXTS).filteredOn(text -> text.text().length() > 1500).hasSizeBetween(8, 12);
        assertThat(TEXTS).filteredOn(text -> text.text().length() < 12).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void linksLeadNowhere() {
        List<String> hosts = TEXTS.stream()
                .flatMap(text -> ADDRESS.matcher(text.text()).results())
                .map(MatchResult::group)
                .toList();

        assertThat(hosts).hasSizeGreaterThan(20).allMatch(host -> host.matches("(.*\\.)?example\\.(com|org)"));
    }

    private static double share(Function<DemoText, String> field, String value) {
        long hits =
                TEXTS.stream().filter(text -> field.apply(text).equals(value)).count();
        return (double) hits / TEXTS.size();
    }

    private static String sentimentOf(String kind) {
        return switch (kind) {
            case "praise" -> "positive";
            case "complaint" -> "negative";
            default -> "neutral";
        };
    }
}
