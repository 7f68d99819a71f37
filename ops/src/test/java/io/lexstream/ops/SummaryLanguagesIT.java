package io.lexstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.inference.ExtractedSummary;
import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextBatch;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.ops.models.StarterModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The encoder reads English; the summarizer meets every language. Of the corpus' longer messages the same sentences
 * should be quoted in each of its four languages: measured, against sentences drawn by lot and against the first ones.
 */
class SummaryLanguagesIT {
    private static final int LONG = 200;

    @TempDir
    private Path home;

    @Test
    void mostlyTheSameSentencesAreQuotedInEveryLanguage() throws Exception {
        List<CorpusMessages.Message> messages = CorpusMessages.all().stream()
                .filter(message -> message.texts().values().stream().allMatch(text -> text.length() > LONG))
                .toList();
        ContentStore store = new ContentStore(home.resolve("models"));
        ModelPackage starter = new StarterModels(home.resolve("starter"), store)
                .find("summary")
                .orElseThrow();
        Map<String, List<ExtractedSummary>> summaries = new HashMap<>();
        try (TextModel model = new ModelOpener(InferenceSettings.DEFAULT).open(starter)) {
            for (String language : CorpusMessages.LANGUAGES) {
                summaries.put(language, summaries(model, messages, language));
            }
        }

        List<ExtractedSummary> english = summaries.getOrDefault("en", List.of());
        for (String language : List.of("de", "fr", "es")) {
            Agreement agreement = Agreement.of(english, summaries.getOrDefault(language, List.of()));
            System.out.println(language + ": " + agreement);
            assertThat(agreement.texts()).isGreaterThan(50);
            assertThat(agreement.observed()).isGreaterThan(agreement.byLot() + 0.1);
        }
    }

    private static List<ExtractedSummary> summaries(
            TextModel model, List<CorpusMessages.Message> messages, String language) {
        List<ExtractedSummary> summaries = new ArrayList<>();
        for (CorpusMessages.Message message : messages) {
            TextBatch text = new TextBatch(List.of(message.texts().getOrDefault(language, "")));
            summaries.add((ExtractedSummary) model.run(text).get(0));
        }
        return summaries;
    }

    /**
     * How far two languages agree: sentences that both quote, as a share of those that either does, mean over the
     * texts.
     *
     * @param texts of which something was left out in both languages, and that have as many sentences in both
     * @param byLot what as many sentences drawn by lot would share on average
     * @param first what as many sentences from the beginning share with the English ones
     */
    private record Agreement(int texts, double observed, double byLot, double first) {
        static Agreement of(List<ExtractedSummary> english, List<ExtractedSummary> other) {
            int texts = 0;
            double observed = 0;
            double byLot = 0;
            double first = 0;
            for (int i = 0; i < english.size(); i++) {
                ExtractedSummary one = english.get(i);
                ExtractedSummary two = other.get(i);
                if (one.whole() || two.whole() || one.ofSentences() != two.ofSentences()) {
                    continue;
                }
                Set<Integer> quoted = Set.copyOf(one.sentences());
                int count = two.sentences().size();
                texts++;
                observed += share(quoted, Set.copyOf(two.sentences()));
                first += share(quoted, Set.copyOf(range(count)));
                byLot += shareByLot(quoted, count, one.ofSentences());
            }
            return new Agreement(texts, observed / texts, byLot / texts, first / texts);
        }

        /** Mean over all ways to draw; there are few, as the texts have few sentences. */
        private static double shareByLot(Set<Integer> quoted, int count, int of) {
            double sum = 0;
            int draws = 0;
            for (int bits = 0; bits < 1 << of; bits++) {
                if (Integer.bitCount(bits) == count) {
                    Set<Integer> drawn = new HashSet<>();
                    for (int i = 0; i < of; i++) {
                        if ((bits >> i & 1) == 1) {
                            drawn.add(i);
                        }
                    }
                    sum += share(quoted, drawn);
                    draws++;
                }
            }
            return sum / draws;
        }

        private static double share(Set<Integer> one, Set<Integer> two) {
            long common = one.stream().filter(two::contains).count();
            return common / (double) (one.size() + two.size() - common);
        }

        private static List<Integer> range(int count) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                numbers.add(i);
            }
            return numbers;
        }

        @Override
        public String toString() {
            return "%d texts, agreement with English %.2f; by lot %.2f; of the first sentences with the English quotes %.2f"
                    .formatted(texts, observed, byLot, first);
        }
    }
}
