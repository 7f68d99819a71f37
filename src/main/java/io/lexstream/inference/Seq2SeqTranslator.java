package io.lexstream.inference;

import io.lexstream.generation.Decoding;
import io.lexstream.generation.Generated;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.generation.SourceTokens;
import io.lexstream.generation.StopReason;
import java.util.List;

/** Sentences through an encoder-decoder model. */
final class Seq2SeqTranslator implements SentenceTranslator {
    private final Seq2SeqModel model;
    private final Decoding decoding;

    /** Takes ownership of {@code model}. */
    Seq2SeqTranslator(Seq2SeqModel model, Decoding decoding) {
        this.model = model;
        this.decoding = decoding;
    }

    @Override
    public int[] lengths(List<String> sentences) {
        return model.tokenize(sentences).stream()
                .mapToInt(SourceTokens::length)
                .map(length -> length + decoding.expectedTokens(length))
                .toArray();
    }

    @Override
    public List<TranslatedSentence> translate(List<String> sentences) {
        return model.generate(model.tokenize(sentences), decoding).stream()
                .map(Seq2SeqTranslator::sentence)
                .toList();
    }

    private static TranslatedSentence sentence(Generated generated) {
        return new TranslatedSentence(
                generated.text(),
                generated.tokens().size(),
                generated.score(),
                generated.truncatedSource() || generated.stopReason() == StopReason.LENGTH,
                generated.stopReason() == StopReason.DEADLINE);
    }

    @Override
    public void close() {
        model.close();
    }
}
