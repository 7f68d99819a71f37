package io.lexstream.trainer;

import io.lexstream.model.BaseEncoder;
import io.lexstream.trainer.tuning.CurvePoint;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The model card of a fine-tuned encoder with a head. */
final class TuningCard {
    private TuningCard() {}

    static String of(
            TrainingRequest<HeadOptions> request,
            String notes,
            BaseEncoder base,
            TrainingData data,
            ModelCard.Quality quality,
            String method,
            Map<String, String> settings,
            TunedEncoder tuned) {
        HeadOptions options = request.options();
        String summary =
                "The encoder %s, fine-tuned (method %s), with a linear head (pooling %s, at most %d tokens of a "
                        + "text are read).%s";
        String together = tuned.heads().size() == 1
                ? ""
                : " Trained together with the heads of "
                        + String.join(", ", tuned.heads().keySet()) + ": these tasks share one pass of the encoder.";
        return new ModelCard(
                        request.task(),
                        request.version(),
                        summary.formatted(
                                base.name(), method, options.pooling().manifestName(), options.maxTokens(), together),
                        request.license(),
                        base,
                        data,
                        quality,
                        notes,
                        making(request, settings, tuned))
                .markdown();
    }

    private static String making(
            TrainingRequest<HeadOptions> request, Map<String, String> settings, TunedEncoder tuned) {
        StringJoiner text = new StringJoiner("\n");
        text.add(
                "The encoder's own ONNX graph was trained: AdamW, warm-up and a straight fall of the learning rate, batches");
        text.add(
                "of like length; of the weights within one standard error of the best on the development rows the last were taken.");
        text.add("Then temperature and, with two labels, the border between them were set on the development rows.");
        text.add("");
        text.add("```").add(request.command()).add("```");
        text.add("");
        text.add("| setting | value |").add("|---|---|");
        settings.forEach((name, value) -> text.add("| %s | %s |".formatted(name, value)));
        text.add("");
        text.add("| rows seen | training loss | development loss | development macro-F1 |");
        text.add("|---:|---:|---:|---:|");
        for (CurvePoint point : tuned.curve()) {
            text.add("| %d | %.4f | %.4f | %s |"
                    .formatted(
                            point.seen(),
                            point.loss(),
                            point.devLoss(),
                            String.format(Locale.ROOT, "%.1f", 100 * point.devScore())));
        }
        return text.toString();
    }
}
