package io.lexstream.trainer.seq2seq;

import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.schemas.FileRole;
import io.lexstream.trainer.vocabulary.Vocabulary;
import io.lexstream.trainer.vocabulary.VocabularyEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An encoder that is trained from scratch, with one vocabulary for source and target.
 *
 * @param longest tokens after which a source is cut, its end kept
 */
record OwnEncoder(VocabularyEncoder vocabulary, int longest) implements SourceEncoder {
    @Override
    public List<int[]> encode(List<String> sources) {
        return sources.stream()
                .map(source -> {
                    int[] ids = vocabulary.encode(source);
                    if (ids.length <= longest) {
                        return ids;
                    }
                    int[] cut = Arrays.copyOf(ids, longest);
                    cut[longest - 1] = Vocabulary.END;
                    return cut;
                })
                .toList();
    }

    @Override
    public Seq2SeqWeights fresh(Vocabulary words, long seed) {
        return Seq2SeqWeights.fresh(seed);
    }

    @Override
    public Seq2SeqBuilder builder(Seq2SeqShape shape, Seq2SeqWeights weights) {
        return new Seq2SeqBuilder(shape, weights);
    }

    @Override
    public TrainedGraph trained(Seq2SeqBuilder builder, List<WeightedPairs> pairs) {
        return TrainedGraph.ours(builder.training());
    }

    @Override
    public void addTo(PackageWriter writer, byte[] tokenizer, Map<String, float[]> weights) {
        writer.add(FileRole.TOKENIZER, "tokenizer.json", tokenizer);
    }

    @Override
    public String identity() {
        return "";
    }

    @Override
    public void close() {}
}
