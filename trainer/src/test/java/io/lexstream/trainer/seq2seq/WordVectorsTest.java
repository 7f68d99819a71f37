package io.lexstream.trainer.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.trainer.vocabulary.Vocabulary;
import io.lexstream.trainer.vocabulary.VocabularyTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordVectorsTest {
    private static final int WIDTH = 96;

    @TempDir
    Path directory;

    private WordVectors vectors;

    @BeforeEach
    void aTokenizerOfSixPieces() throws Exception {
        Path tokenizer = Files.writeString(directory.resolve("tokenizer.json"), """
                {"model": {"type": "WordPiece",
                           "vocab": {"[UNK]": 0, "play": 1, "##ing": 2, "tea": 3, "##a": 4, ",": 5}}}
                """);
        float[] table = new float[6 * WIDTH];
        Random random = new Random(1);
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) random.nextGaussian();
        }
        vectors = WordVectors.of(tokenizer, table, WIDTH);
    }

    @Test
    void aTokenIsCutIntoTheLongestPiecesThatTheEncoderKnows() {
        assertThat(vectors.pieces("▁playing")).containsExactly(1, 2);
        assertThat(vectors.pieces("ing")).as("the end of a word").containsExactly(2);
        assertThat(vectors.pieces("▁Tea")).containsExactly(3);
        assertThat(vectors.pieces(",")).containsExactly(5);
        assertThat(vectors.pieces("▁coffee")).isEmpty();
        assertThat(vectors.pieces("▁")).isEmpty();
    }

    @Test
    void whatTheEncoderThinksAlikeTheDecoderBeginsWithAlike() {
        VocabularyTraining training = new VocabularyTraining(420, 1);
        for (int i = 0; i < 50; i++) {
            training.add("play playing tea");
        }
        Vocabulary vocabulary = training.train();
        int narrow = 64;

        float[] table = vectors.start(vocabulary, 3)
                .values("embedding.weight", Seq2SeqWeights.Start.EMBEDDING, vocabulary.size(), narrow);

        double alike = cosine(
                table, vocabulary.tokens().indexOf("▁play"), vocabulary.tokens().indexOf("▁playing"));
        double unlike = cosine(
                table, vocabulary.tokens().indexOf("▁play"), vocabulary.tokens().indexOf("▁tea"));
        assertThat(alike).isGreaterThan(0.4).isGreaterThan(unlike + 0.3);
    }

    private static double cosine(float[] table, int a, int b) {
        double product = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < 64; i++) {
            product += table[a * 64 + i] * table[b * 64 + i];
            ofA += table[a * 64 + i] * table[a * 64 + i];
            ofB += table[b * 64 + i] * table[b * 64 + i];
        }
        return product / Math.sqrt(ofA * ofB);
    }
}
