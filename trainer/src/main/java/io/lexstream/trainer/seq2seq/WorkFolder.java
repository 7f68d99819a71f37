package io.lexstream.trainer.seq2seq;

import io.lexstream.trainer.vocabulary.TokenizerJson;
import io.lexstream.trainer.vocabulary.Vocabulary;
import io.lexstream.trainer.vocabulary.VocabularyTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What a training leaves between its starts: its vocabulary and its checkpoint. Who is content may delete it. */
record WorkFolder(Path path) {
    /** Characters that come less often in all texts are written as bytes. */
    private static final int RARE_CHARACTER = 25;

    /** One for each run: other data or sizes do not overwrite what took hours. */
    Path checkpoint(String run) {
        return path.resolve("training-" + run.substring(0, 8) + ".checkpoint");
    }

    /** The vocabulary of this data, trained if it was not before. */
    Vocabulary vocabulary(ScratchData data, int size, String identity) throws IOException {
        Path file = path.resolve("tokenizer-" + identity + ".json");
        try {
            return TokenizerJson.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            Vocabulary trained = trained(data, size);
            Files.createDirectories(path);
            Path draft = file.resolveSibling(file.getFileName() + ".part");
            Files.write(draft, TokenizerJson.write(trained));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return trained;
        }
    }

    private static Vocabulary trained(ScratchData data, int size) {
        long texts = 2 * data.train().stream().mapToLong(PairRows::count).sum();
        VocabularyTraining training =
                new VocabularyTraining(size, (int) Math.max(1, Math.min(RARE_CHARACTER, texts / 50)));
        for (PairRows rows : data.train()) {
            for (long round = Math.max(1, Math.round(rows.weight())); round > 0; round--) {
                rows.pairs().rows().forEach(pair -> training.add(pair.source()).add(pair.target()));
            }
        }
        return training.train();
    }
}
