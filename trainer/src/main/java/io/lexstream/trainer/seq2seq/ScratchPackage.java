package io.lexstream.trainer.seq2seq;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.model.PackageWriter;
import io.lexstream.onnx.GraphException;
import io.lexstream.onnx.PackedWeights;
import io.lexstream.onnx.Seq2SeqBuilder;
import io.lexstream.onnx.Seq2SeqShape;
import io.lexstream.onnx.Seq2SeqWeights;
import io.lexstream.schemas.FileRole;
import io.lexstream.schemas.ModelManifest;
import io.lexstream.trainer.seq2seq.ServedVersion.Measured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that the package of a model that was trained from scratch is made of.
 *
 * @param tokenizer a tokenizer.json
 * @param storedLoss loss with the weights as the package has them
 * @param settings name and value
 */
record ScratchPackage(
        ScratchRequest request,
        SourceEncoder encoder,
        Seq2SeqShape shape,
        byte[] tokenizer,
        ScratchData data,
        Seq2SeqTraining.Result result,
        double storedLoss,
        Map<String, String> settings,
        Instant now) {

    /** How it was made: names and values, in the order of the card. */
    static Map<String, String> settings(
            ScratchRequest request,
            Seq2SeqShape shape,
            Seq2SeqOptions options,
            Seq2SeqTraining.Result result,
            String run) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "method",
                request.pretrained()
                        .map(pretrained -> "decoder behind " + pretrained)
                        .orElse("encoder-decoder from scratch"));
        request.from()
                .ifPresent(from -> settings.put("goesOnFrom", from.version().toString()));
        settings.put("run", run);
        settings.put("shape", shape.toString());
        settings.put("options", options.toString());
        if (request.purpose() instanceof Purpose.Translation translation) {
            settings.put("caseNoise", String.valueOf(translation.caseNoise()));
        }
        settings.put("steps", String.valueOf(result.steps()));
        settings.put("pairsSeen", String.valueOf(result.seen()));
        settings.put("minutes", String.valueOf(result.spent().toMinutes()));
        settings.put("stored", request.packed() ? "int8 matrices, computed in fp32" : "fp32");
        settings.put("command", request.command());
        settings.put("java", Runtime.version().toString());
        settings.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
        return settings;
    }

    /** @param measured of the version itself, once it was written for the first time */
    PackageWriter writer(Measured measured) throws IOException, ModelRejectedException {
        ModelManifest manifest = ModelManifest.newBuilder()
                .setTask(request.task())
                .setName(request.purpose().modelName())
                .setVersion(request.version())
                .setKind(request.purpose().kind())
                .setCreatedAt(now)
                .setMaxTokens(shape.positions())
                .setFiles(List.of())
                .setGoldenCases(measured.golden())
                .setPrecisions(measured.precisions())
                .setMetrics(metrics(measured))
                .setProvenance(new TreeMap<>(settings))
                .setLicense(request.license())
                .build();
        ScratchCard card = new ScratchCard(request, shape, data, result, storedLoss, settings, measured, notes());
        ScratchConfig config = new ScratchConfig(shape, request.purpose(), request.beams());
        Seq2SeqBuilder builder = encoder.builder(shape, Seq2SeqWeights.of(result.weights()));
        PackageWriter writer = new PackageWriter(manifest)
                .add(FileRole.ENCODER, "encoder.onnx", stored(builder.encoder()))
                .add(FileRole.DECODER, "decoder.onnx", stored(builder.decoder()));
        encoder.addTo(writer, tokenizer, result.weights());
        return writer.add(FileRole.CONFIG, "config.json", config.model())
                .add(FileRole.GENERATION_CONFIG, "generation_config.json", config.generation())
                .add(FileRole.CARD, "MODEL_CARD.md", card.markdown().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Double> metrics(Measured measured) {
        Map<String, Double> metrics = new TreeMap<>();
        result.devByFile().forEach((name, score) -> {
            metrics.put(name + "/crossEntropy", score.loss());
            metrics.put(name + "/rightTokens", score.macroF1());
        });
        measured.test()
                .ifPresent(test -> test.files()
                        .forEach(file -> test.task()
                                .qualityMetrics()
                                .forEach(metric -> metrics.put(file.name() + "/" + metric, file.value(metric)))));
        return metrics;
    }

    private byte[] stored(ModelProto graph) throws ModelRejectedException {
        return (request.packed() ? packed(graph) : graph).toByteArray();
    }

    static ModelProto packed(ModelProto graph) throws ModelRejectedException {
        try {
            return PackedWeights.pack(graph);
        } catch (GraphException e) {
            throw new ModelRejectedException("the trained weights cannot be stored: " + e.getMessage(), e);
        }
    }

    private String notes() throws IOException {
        return request.notes().isPresent()
                ? Files.readString(request.notes().get()).strip()
                : "";
    }
}
