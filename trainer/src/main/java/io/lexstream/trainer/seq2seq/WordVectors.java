package io.lexstream.trainer.seq2seq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.trainer.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Where a decoder's embeddings begin: at the pretrained encoder's own word embeddings. What it learns of copying one
 * word then goes for words that it has hardly seen, too.
 *
 * <p>Attention to the source begins as copying: it hands on what it looks at, and what looks like a word's embedding
 * makes that word likely.
 *
 * <p>A token's vector is the mean of those of its WordPieces (Devlin et al. 2019), the mean of all taken away, turned
 * to the decoder's width by random directions (Johnson and Lindenstrauss 1984), and of length one; the linear layer
 * behind the encoder begins with the same directions. Tokens without pieces, and tokenizers of another kind, begin at
 * random.
 */
final class WordVectors {
    private static final String EMBEDDING = "embedding.weight";
    private static final String BRIDGE = "bridge.weight";
    private static final String BLANK = "▁";
    private static final String INSIDE = "##";

    private final Map<String, Integer> pieces;
    private final float[] table;
    private final int width;

    private WordVectors(Map<String, Integer> pieces, float[] table, int width) {
        this.pieces = pieces;
        this.table = table;
        this.width = width;
    }

    /**
     * @param tokenizer the encoder's tokenizer.json
     * @param table its word embeddings [pieces, width]
     */
    static WordVectors of(Path tokenizer, float[] table, int width) throws IOException {
        JsonNode model =
                new ObjectMapper().readTree(Files.readAllBytes(tokenizer)).path("model");
        Map<String, Integer> pieces = new HashMap<>();
        if (model.path("type").asText("WordPiece").equals("WordPiece")) {
            model.path("vocab").properties().forEach(entry -> {
                int id = entry.getValue().asInt(-1);
                if (id >= 0 && (long) (id + 1) * width <= table.length) {
                    pieces.put(entry.getKey(), id);
                }
            });
        }
        return new WordVectors(pieces, centred(table, width), width);
    }

    /** The weights that a training begins with. */
    Seq2SeqWeights start(Vocabulary vocabulary, long seed) {
        Seq2SeqWeights fresh = Seq2SeqWeights.fresh(seed);
        return (name, start, shape) -> {
            if (name.equals(BRIDGE)) {
                return directions((int) shape[1], seed);
            }
            if (name.endsWith(".source.value.weight") || name.endsWith(".source.output.weight")) {
                return identity((int) shape[0]);
            }
            float[] values = fresh.values(name, start, shape);
            if (name.equals(EMBEDDING)) {
                fill(values, (int) shape[1], vocabulary, directions((int) shape[1], seed));
            }
            return values;
        };
    }

    private void fill(float[] values, int narrow, Vocabulary vocabulary, float[] directions) {
        for (int id = 0; id < vocabulary.size(); id++) {
            List<Integer> parts = pieces(vocabulary.tokens().get(id));
            if (parts.isEmpty()) {
                continue;
            }
            float[] sum = new float[narrow];
            for (int part : parts) {
                for (int i = 0; i < width; i++) {
                    float value = table[part * width + i];
                    for (int j = 0; j < narrow; j++) {
                        sum[j] += value * directions[i * narrow + j];
                    }
                }
            }
            double length = 0;
            for (float value : sum) {
                length += (double) value * value;
            }
            if (length > 0) {
                for (int j = 0; j < narrow; j++) {
                    values[id * narrow + j] = (float) (sum[j] / Math.sqrt(length));
                }
            }
        }
    }

    /** The longest pieces from left to right; none if a part has no piece. */
    List<Integer> pieces(String token) {
        boolean first = token.startsWith(BLANK);
        String word = (first ? token.substring(BLANK.length()) : token).toLowerCase(Locale.ROOT);
        List<Integer> ids = new ArrayList<>();
        int from = 0;
        while (from < word.length()) {
            String prefix = ids.isEmpty() && (first || !Character.isLetterOrDigit(word.charAt(0))) ? "" : INSIDE;
            int to = word.length();
            while (to > from && !pieces.containsKey(prefix + word.substring(from, to))) {
                to--;
            }
            if (to == from) {
                return List.of();
            }
            ids.add(pieces.getOrDefault(prefix + word.substring(from, to), 0));
            from = to;
        }
        return ids;
    }

    /** [width, narrow]: keeps lengths and angles as well as so few numbers can. */
    private float[] directions(int narrow, long seed) {
        Random random = new Random(seed);
        float[] values = new float[width * narrow];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() / Math.sqrt(narrow));
        }
        return values;
    }

    private static float[] identity(int width) {
        float[] values = new float[width * width];
        for (int i = 0; i < width; i++) {
            values[i * width + i] = 1;
        }
        return values;
    }

    private static float[] centred(float[] table, int width) {
        int rows = table.length / width;
        double[] mean = new double[width];
        for (int i = 0; i < rows * width; i++) {
            mean[i % width] += table[i] / (double) rows;
        }
        float[] centred = new float[table.length];
        for (int i = 0; i < rows * width; i++) {
            centred[i] = (float) (table[i] - mean[i % width]);
        }
        return centred;
    }
}
