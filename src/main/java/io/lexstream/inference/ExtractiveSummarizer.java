package io.lexstream.inference;

import io.lexstream.model.ModelRejectedException;
import io.lexstream.runtime.InferenceException;
import io.lexstream.runtime.OnnxSession;
import io.lexstream.summary.LengthBudget;
import io.lexstream.summary.Passage;
import io.lexstream.summary.Selection;
import io.lexstream.summary.SentenceFeatures;
import io.lexstream.summary.SummarySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what matters in a text by its own sentences: each is embedded by an encoder, scored by a ranker in its passage,
 * and the best that fit the length are quoted. A text that is short already is its own summary and meets no model.
 *
 * <p>All sentences of a batch go through the encoder in batches of their own, cut by tokens: a text of any length takes
 * no more native memory than a short one.
 */
public final class ExtractiveSummarizer implements TextModel {
    /** Padded tokens that the encoder reads at once, unless one sentence has more. */
    private static final int BATCH_TOKENS = 512;

    private final String name;
    private final EncoderPool.Lease encoder;
    private final FeatureHead ranker;
    private final SummarySettings settings;
    private final TokenBudget budget = new TokenBudget(BATCH_TOKENS);

    private ExtractiveSummarizer(String name, EncoderPool.Lease encoder, FeatureHead ranker, SummarySettings settings) {
        this.name = name;
        this.encoder = encoder;
        this.ranker = ranker;
        this.settings = settings;
    }

    /**
     * Takes ownership of {@code encoder}, also when it fails.
     *
     * @param ranker an ONNX graph: rows of {@link SentenceFeatures} to one logit each
     */
    static ExtractiveSummarizer open(String name, EncoderPool.Lease encoder, Path ranker, SummarySettings settings)
            throws ModelRejectedException {
        try {
            if (settings.features() != SentenceFeatures.VERSION) {
                throw new ModelRejectedException("the ranker reads features of version " + settings.features()
                        + ", this build makes version " + SentenceFeatures.VERSION);
            }
            return new ExtractiveSummarizer(name, encoder, FeatureHead.open(ranker), settings);
        } catch (ModelRejectedException | RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /**
     * A text with its sentences in token ids.
     *
     * @param tokens one for each sentence; none if the text is its own summary
     */
    private record Reading(Passage passage, List<TokenizedText> tokens) {
        int count() {
            return tokens.stream().mapToInt(TokenizedText::tokens).sum();
        }
    }

    @Override
    public int[] lengths(TextBatch texts) {
        return readings(texts).stream()
                .mapToInt(reading -> Math.max(1, reading.count()))
                .toArray();
    }

    @Override
    public List<ExtractedSummary> run(TextBatch texts) {
        List<Reading> readings = readings(texts);
        List<float[]> embeddings = embed(
                readings.stream().flatMap(reading -> reading.tokens().stream()).toList());
        List<ExtractedSummary> summaries = new ArrayList<>(readings.size());
        int start = 0;
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            int end = start + reading.tokens().size();
            String text = texts.texts().get(i).strip();
            summaries.add(
                    reading.tokens().isEmpty()
                            ? itself(text, reading.passage())
                            : summarise(text, reading, embeddings.subList(start, end)));
            start = end;
        }
        return summaries;
    }

    @Override
    public void close() {
        ranker.close();
        encoder.close();
    }

    private List<Reading> readings(TextBatch texts) {
        return texts.derive(
                this, batch -> batch.texts().stream().map(this::read).toList());
    }

    private Reading read(String text) {
        Passage passage = Passage.of(text);
        List<String> words = Selection.isShort(passage, settings) ? List.of() : passage.words();
        return new Reading(passage, encoder.encoder().tokens(words));
    }

    /** The features of each, in the order given. */
    private List<float[]> embed(List<TokenizedText> sentences) {
        float[][] embeddings = new float[sentences.size()][];
        for (List<Integer> rows : budget.cut(TokenizedText.lengths(sentences))) {
            List<EncodedText> encoded =
                    encoder.encoder().encode(rows.stream().map(sentences::get).toList());
            for (int i = 0; i < rows.size(); i++) {
                embeddings[rows.get(i)] = encoded.get(i).windows().get(0);
            }
        }
        return List.of(embeddings);
    }

    private ExtractedSummary summarise(String text, Reading reading, List<float[]> embeddings) {
        Passage passage = reading.passage();
        double[] worth = worth(SentenceFeatures.of(passage, embeddings));
        List<Integer> chosen = Selection.of(passage, embeddings, worth, settings);
        int sentences = passage.sentences().size();
        boolean truncated = passage.truncated() || reading.tokens().stream().anyMatch(TokenizedText::truncated);
        if (chosen.size() == sentences && !truncated) {
            return new ExtractedSummary(text, List.of(), sentences, true, false, reading.count());
        }
        return new ExtractedSummary(passage.quote(chosen), chosen, sentences, false, truncated, reading.count());
    }

    /** The ranker's logits as probabilities. */
    private double[] worth(List<float[]> features) {
        OnnxSession.Output logits = ranker.run(features);
        if (logits.values().length != features.size()) {
            throw new InferenceException(name + ": the ranker gives " + logits.values().length + " values for "
                    + features.size() + " sentences");
        }
        double[] worth = new double[features.size()];
        for (int i = 0; i < worth.length; i++) {
            float logit = logits.values()[i];
            if (!Float.isFinite(logit)) {
                throw new InferenceException(name + ": a logit is " + logit);
            }
            worth[i] = 1 / (1 + Math.exp(-logit));
        }
        return worth;
    }

    /** Short texts as they are. What has no sentence at all, such as a page of emoji, is cut where it gets long. */
    private ExtractedSummary itself(String text, Passage passage) {
        LengthBudget length = settings.budget(passage.form());
        boolean cut = text.length() > length.mostCharacters();
        String shown = cut ? beginning(text, length.leastCharacters()) : text;
        return new ExtractedSummary(shown, List.of(), passage.sentences().size(), !cut, cut || passage.truncated(), 0);
    }

    private static String beginning(String text, int characters) {
        boolean insidePair = Character.isHighSurrogate(text.charAt(characters - 1));
        return text.substring(0, insidePair ? characters - 1 : characters);
    }
}
