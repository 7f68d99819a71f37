package io.lexstream.inference;

import io.lexstream.generation.Decoding;
import io.lexstream.generation.Generated;
import io.lexstream.generation.Seq2SeqModel;
import io.lexstream.generation.SourceTokens;
import io.lexstream.generation.StopReason;
import java.util.List;
import java.util.function.Function;

/** An encoder-decoder model that reads each text as it is, and writes another. */
final class TextGenerator implements TextModel {
    private final Seq2SeqModel model;
    private final Decoding decoding;
    private final Function<Generated, WrittenText> output;

    private TextGenerator(Seq2SeqModel model, Function<Generated, WrittenText> output) {
        this.model = model;
        this.decoding = model.config().decoding();
        this.output = output;
    }

    /** Takes ownership of {@code model}, which summarizes. */
    static TextGenerator summarizer(Seq2SeqModel model) {
        return new TextGenerator(model, TextGenerator::summary);
    }

    /** Takes ownership of {@code model}, which translates between languages that it does not tell. */
    static TextGenerator translator(Seq2SeqModel model) {
        return new TextGenerator(model, TextGenerator::translation);
    }

    /** What is read and what will probably be written: both cost. */
    @Override
    public int[] lengths(TextBatch texts) {
        return sources(texts).stream()
                .mapToInt(source -> source.length() + decoding.expectedTokens(source.length()))
                .toArray();
    }

    @Override
    public int[] costs(TextBatch texts) {
        return GeneratorCosts.of(lengths(texts));
    }

    @Override
    public List<WrittenText> run(TextBatch texts) {
        return model.generate(sources(texts), decoding).stream().map(output).toList();
    }

    private List<SourceTokens> sources(TextBatch texts) {
        return texts.derive(model, batch -> model.tokenize(batch.texts()));
    }

    @Override
    public void close() {
        model.close();
    }

    private static WrittenText summary(Generated generated) {
        return new GeneratedText(
                generated.text(),
                generated.score(),
                isTruncated(generated),
                generated.stopReason() == StopReason.DEADLINE,
                generated.tokens().size());
    }

    private static WrittenText translation(Generated generated) {
        return new Translation(
                Translation.Status.TRANSLATED,
                generated.text(),
                "",
                "",
                0,
                generated.score(),
                isTruncated(generated),
                generated.stopReason() == StopReason.DEADLINE,
                generated.tokens().size());
    }

    private static boolean isTruncated(Generated generated) {
        return generated.truncatedSource() || generated.stopReason() == StopReason.LENGTH;
    }
}
