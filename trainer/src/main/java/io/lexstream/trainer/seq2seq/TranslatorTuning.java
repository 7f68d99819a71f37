package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.GraphFile;
import io.lexstream.onnx.PackedWeights;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelFile;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.DataException;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.TextPair;
import io.lexstream.trainer.TextPlace;
import io.lexstream.trainer.autograd.DjlBackend;
import io.lexstream.trainer.vocabulary.VocabularyEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Goes on training all weights of a model whose graphs our own trainer has written, with its vocabulary. */
public final class TranslatorTuning implements WrittenTuning {
    private final ContentStore store;
    private final int threads;

    /** @param threads that one operation may use */
    public TranslatorTuning(ContentStore store, int threads) {
        this.store = store;
        this.threads = threads;
    }

    @Override
    public ModelPackage tune(Lesson lesson, Path out, Progress progress) throws IOException, ModelRejectedException {
        ModelPackage parent = lesson.request().parent();
        Seq2SeqShape shape = ModelConfig.of(parent)
                .shape()
                .orElseThrow(() -> new ModelRejectedException(
                        parent.version() + " is not of our own trainer's architecture: it cannot be gone on from"));
        StartingPoint from = StartingPoint.of(parent);
        PairEncoding encoding = new PairEncoding(new VocabularyEncoder(from.vocabulary()), shape.positions() - 1);
        List<WeightedPairs> train = encoded(lesson, encoding);
        List<WeightedPairs> dev = new ArrayList<>();
        lesson.dev().forEach((name, pairs) -> addTo(dev, new WeightedPairs(name, 1, encoding.encode(pairs))));
        if (train.isEmpty() || dev.isEmpty()) {
            throw new DataException("no pair is short enough to train on, or to choose by");
        }
        Seq2SeqOptions options =
                TuningPace.of(train, lesson.request().budget(), lesson.request().seed());
        String run = identity(lesson, options);
        try (DjlBackend backend = DjlBackend.open(threads)) {
            Seq2SeqTraining training = new Seq2SeqTraining(
                    backend,
                    new Seq2SeqBuilder(shape, from.start()).training(),
                    train,
                    dev,
                    options,
                    lesson.request().checkpoints().resolve("writing.checkpoint"),
                    run,
                    new WatchedTraining(lesson.request().watch(), new ToldTraining(progress, () -> false)),
                    System::nanoTime);
            progress.start();
            Seq2SeqTraining.Result result = training.run();
            lesson.request().watch().check();
            return write(lesson, new Seq2SeqBuilder(shape, Seq2SeqWeights.of(result.weights())), options, result, out);
        }
    }

    private static List<WeightedPairs> encoded(Lesson lesson, PairEncoding encoding) {
        List<WeightedPairs> train = new ArrayList<>();
        for (WeightedRows rows : lesson.train()) {
            addTo(train, new WeightedPairs(rows.name(), rows.weight(), encoding.encode(rows.pairs())));
        }
        return train;
    }

    private static void addTo(List<WeightedPairs> all, WeightedPairs pairs) {
        if (!pairs.pairs().isEmpty()) {
            all.add(pairs);
        }
    }

    /** Names rows, parent and options: a checkpoint of anything else is not gone on from. */
    private static String identity(Lesson lesson, Seq2SeqOptions options) {
        StringBuilder rows = new StringBuilder();
        for (WeightedRows file : lesson.train()) {
            rows.append(file.name()).append(file.weight());
            for (TextPair pair : file.pairs()) {
                rows.append('\n').append(pair.source()).append('\t').append(pair.target());
            }
        }
        return TextPlace.name(lesson.request().parent().version()
                + options.identity()
                + options.maxSteps()
                + TextPlace.name("" + rows));
    }

    private ModelPackage write(
            Lesson lesson, Seq2SeqBuilder builder, Seq2SeqOptions options, Seq2SeqTraining.Result result, Path out)
            throws IOException, ModelRejectedException {
        ModelPackage parent = lesson.request().parent();
        Map<String, String> provenance = new TreeMap<>(lesson.manifest().getProvenance());
        provenance.put("method", "full");
        provenance.put("learningRate", String.valueOf(options.learningRate()));
        provenance.put("steps", String.valueOf(result.steps()));
        provenance.put("rowsSeen", String.valueOf(result.seen()));
        PackageWriter writer = new PackageWriter(ModelManifest.newBuilder(lesson.manifest())
                .setProvenance(provenance)
                .setMetrics(Map.of("dev/crossEntropy", result.dev().loss()))
                .build());
        for (ModelFile file : parent.manifest().getFiles()) {
            Path content = parent.file(file.getRole()).orElseThrow();
            switch (file.getRole()) {
                case ENCODER -> writer.add(FileRole.ENCODER, file.getPath(), stored(builder.encoder(), content));
                case DECODER -> writer.add(FileRole.DECODER, file.getPath(), stored(builder.decoder(), content));
                case TOKENIZER, CONFIG, GENERATION_CONFIG -> writer.add(file.getRole(), file.getPath(), content);
                default -> {} // what describes the parent
            }
        }
        return writer.write(out, store);
    }

    /** As the parent's graph is stored: with int8 matrices, or whole. */
    private static byte[] stored(ModelProto graph, Path parent) throws IOException, ModelRejectedException {
        try {
            ModelProto before = GraphFile.read(parent);
            boolean packed = PackedWeights.unpack(before).getGraph().getNodeCount()
                    < before.getGraph().getNodeCount();
            return (packed ? PackedWeights.pack(graph) : graph).toByteArray();
        } catch (GraphException e) {
            throw new ModelRejectedException("the weights cannot be stored: " + e.getMessage(), e);
        }
    }
}
