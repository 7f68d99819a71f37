package io.lexstream.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A folder as optimum exports it from Hugging Face, of a tiny model with random weights. {@code main} writes the one
 * that the tests of the command line read: {@code ops/src/test/resources/tiny-seq2seq}.
 */
public final class TinyModelFolder {
    /** Its texts differ from one another. */
    private static final long SEED = 33;

    private TinyModelFolder() {}

    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), "bart", "merged");
    }

    /**
     * @param family marian, t5 or bart
     * @param layout cross_cache, plain, with_past or merged
     */
    public static Path write(Path folder, String family, String layout) throws IOException {
        TinySeq2Seq model = new TinySeq2Seq(TinyTransformer.Shape.valueOf(family.toUpperCase(Locale.ROOT)), SEED);
        Path graphs = Files.createDirectories(folder.resolve("onnx"));
        Seq2SeqFiles files = model.write(graphs, Seq2SeqLayout.valueOf(layout.toUpperCase(Locale.ROOT)));
        Files.move(files.tokenizer(), folder.resolve("tokenizer.json"));
        model.config(folder);
        return folder;
    }

    /** What the model in {@code folder} makes of {@code text}, past everything but {@link Seq2SeqModel}. */
    public static String generate(Path folder, String encoder, String decoder, String text) throws Exception {
        Seq2SeqFiles files = new Seq2SeqFiles(
                folder.resolve("onnx").resolve(encoder),
                folder.resolve("onnx").resolve(decoder),
                Optional.empty(),
                folder.resolve("tokenizer.json"),
                Optional.empty());
        GenerationConfig config =
                GenerationConfig.read(folder.resolve("config.json"), Optional.empty(), GenerationConfig.TRANSLATION);
        try (Seq2SeqModel model = Seq2SeqModel.open(files, config, false, 1)) {
            return model.generateFrom(List.of(text)).get(0).text();
        }
    }
}
