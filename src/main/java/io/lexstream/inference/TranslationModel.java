package io.lexstream.inference;

import io.lexstream.generation.Decoding;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.language.LanguageIdentifier;
import io.lexstream.language.Sentences;
import io.lexstream.model.ModelRejectedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Translates texts of some languages into one: tells each text's language, takes it apart into sentences, masks what
 * must not change, lets a {@link SentenceTranslator} translate all of it together, and puts the texts together again.
 * What is in the target language already passes unchanged; what is in a language that the model does not read is said
 * to be unsupported.
 */
final class TranslationModel implements TextModel {
    private final TranslationLanguages languages;
    private final TranslationPlanner planner;
    private final SentenceTranslator translator;
    private final Optional<Duration> deadline;
    private final LongSupplier nanoTime;
    private final Object lengthsKey = new Object();

    /**
     * Takes ownership of {@code translator}.
     *
     * @param identifier should expect the source languages and the target language
     * @param maxCharacters where a longer sentence is cut
     * @param deadline most time for a batch of texts; what is not translated by then is left out
     * @param nanoTime what the deadline is measured with
     */
    TranslationModel(
            TranslationLanguages languages,
            LanguageIdentifier identifier,
            SentenceTranslator translator,
            int maxCharacters,
            Optional<Duration> deadline,
            LongSupplier nanoTime) {
        this.languages = languages;
        this.planner = new TranslationPlanner(languages, identifier, maxCharacters);
        this.translator = translator;
        this.deadline = deadline;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes ownership of {@code model}, also if it fails.
     *
     * @throws ModelRejectedException if a language of the model, or another that is expected, cannot be told
     */
    static TranslationModel over(Seq2SeqModel model, TranslationLanguages languages, LanguageSettings settings)
            throws ModelRejectedException {
        Decoding decoding = model.config().decoding();
        try {
            return new TranslationModel(
                    languages,
                    new LanguageIdentifier(settings.of(languages)),
                    new Seq2SeqTranslator(model, decoding),
                    Sentences.MAX_CHARACTERS,
                    decoding.deadline(),
                    System::nanoTime);
        } catch (IllegalArgumentException e) {
            model.close();
            throw new ModelRejectedException("translation needs to tell languages apart: " + e.getMessage(), e);
        }
    }

    /** Tokens of each text's sentences together, read and likely written; 1 for a text that the model need not read. */
    @Override
    public int[] lengths(TextBatch texts) {
        List<Integer> lengths = texts.derive(lengthsKey, batch -> countTokens(plans(batch)));
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public int[] costs(TextBatch texts) {
        return GeneratorCosts.of(lengths(texts));
    }

    @Override
    public List<Translation> run(TextBatch texts) {
        List<TranslationPlan> plans = plans(texts);
        List<TranslatedParts> parts = new TranslationRun(translator, deadline, nanoTime).run(plans);
        List<Translation> translations = new ArrayList<>(plans.size());
        for (int i = 0; i < plans.size(); i++) {
            TranslationPlan plan = plans.get(i);
            translations.add(
                    plan.status() == Translation.Status.TRANSLATED
                            ? parts.get(i).join(plan, languages.target())
                            : untouched(plan, texts.texts().get(i)));
        }
        return translations;
    }

    /** A plain sentence straight through the model, whatever language it would be taken for. */
    @Override
    public void probe() {
        translator.translate(List.of("ok"));
    }

    @Override
    public void close() {
        translator.close();
    }

    private List<TranslationPlan> plans(TextBatch texts) {
        return texts.derive(
                planner, batch -> batch.texts().stream().map(planner::plan).toList());
    }

    private List<Integer> countTokens(List<TranslationPlan> plans) {
        List<String> sentences =
                plans.stream().flatMap(plan -> plan.toRead().stream()).toList();
        int[] tokens = sentences.isEmpty() ? new int[0] : translator.lengths(sentences);
        List<Integer> lengths = new ArrayList<>(plans.size());
        int next = 0;
        for (TranslationPlan plan : plans) {
            int sum = 0;
            int end = next + plan.toRead().size();
            while (next < end) {
                sum += tokens[next++];
            }
            lengths.add(Math.max(1, sum));
        }
        return lengths;
    }

    private Translation untouched(TranslationPlan plan, String text) {
        boolean unsupported = plan.status() == Translation.Status.UNSUPPORTED;
        return new Translation(
                plan.status(),
                unsupported ? "" : text,
                plan.sourceLanguage(),
                languages.target(),
                plan.language().confidence(),
                0,
                false,
                false,
                0);
    }
}
