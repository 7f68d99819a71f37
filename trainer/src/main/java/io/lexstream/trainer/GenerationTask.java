package io.lexstream.trainer;

import io.lexstream.trainer.metrics.Bleu;
import io.lexstream.trainer.metrics.ChrF;
import io.lexstream.trainer.metrics.CopyRate;
import io.lexstream.trainer.metrics.CorpusMetric;
import io.lexstream.trainer.metrics.LengthRatio;
import io.lexstream.trainer.metrics.Rouge;
import io.lexstream.trainer.metrics.SourceOverlap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What is measured of texts that a model wrote, and what a model has to beat. Names are those of the JSON form. */
public enum GenerationTask {
    /** BLEU and chrF, beside the source copied. */
    TRANSLATION {
        @Override
        Map<String, CorpusMetric> quality() {
            return inOrder("bleu", new Bleu(), "chrf", new ChrF());
        }

        @Override
        Map<String, UnaryOperator<String>> baselines() {
            return Map.of("copy", UnaryOperator.identity());
        }

        @Override
        Map<String, String> signatures() {
            return inOrder("bleu", Bleu.SIGNATURE, "chrf", ChrF.SIGNATURE);
        }
    },
    /** ROUGE, beside the first sentence and the first three. */
    SUMMARY {
        @Override
        Map<String, CorpusMetric> quality() {
            Map<String, CorpusMetric> metrics = inOrder("rouge1", Rouge.ONE, "rouge2", Rouge.TWO);
            metrics.put("rougeL", Rouge.L);
            metrics.put("rougeLsum", new BySentence(Rouge.L_SUM));
            return metrics;
        }

        @Override
        Map<String, UnaryOperator<String>> baselines() {
            return inOrder("lead1", text -> Lead.of(text, 1), "lead3", text -> Lead.of(text, 3));
        }

        @Override
        Map<String, String> signatures() {
            return Map.of();
        }
    };

    /** The task of models of this kind, as manifests name it; empty if they write nothing. */
    public static Optional<GenerationTask> ofKind(String kind) {
        return switch (kind) {
            case "translation" -> Optional.of(TRANSLATION);
            case "summary" -> Optional.of(SUMMARY);
            default -> Optional.empty();
        };
    }

    /** How good the texts are. */
    abstract Map<String, CorpusMetric> quality();

    /** Names of the figures that say how good the texts are; each from 0 to 1. */
    public Set<String> qualityMetrics() {
        return quality().keySet();
    }

    /** What anybody could write without a model, of the source. */
    abstract Map<String, UnaryOperator<String>> baselines();

    /** How figures were come by, in sacreBLEU's form. */
    abstract Map<String, String> signatures();

    /** How good the texts are, and what they are like. */
    Map<String, CorpusMetric> metrics() {
        Map<String, CorpusMetric> metrics = quality();
        metrics.put("lengthRatio", new LengthRatio());
        metrics.put("copyRate", new CopyRate());
        metrics.put("sourceOverlap", new SourceOverlap());
        return metrics;
    }

    private static <V> Map<String, V> inOrder(String first, V one, String second, V two) {
        Map<String, V> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }
}
