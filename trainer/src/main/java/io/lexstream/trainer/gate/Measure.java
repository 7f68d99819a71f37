package io.lexstream.trainer.gate;

import io.lexstream.trainer.GenerationTask;
import io.lexstream.trainer.metrics.Bleu;
import io.lexstream.trainer.metrics.ChrF;
import io.lexstream.trainer.metrics.CorpusMetric;
import io.lexstream.trainer.metrics.Rouge;
import java.util.List;

/** What written texts are compared by. */
enum Measure {
    CHRF("chrF2", "chrf", new ChrF()),
    BLEU("BLEU", "bleu", new Bleu()),
    ROUGE_L("ROUGE-L", "rougeL", Rouge.L);

    private final String title;
    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // metrics have no state
    private final CorpusMetric metric;

    Measure(String title, String key, CorpusMetric metric) {
        this.title = title;
        this.key = key;
        this.metric = metric;
    }

    /** First the one that decides: it is steadier on few texts (Popović 2015); the other must not contradict it. */
    static List<Measure> of(GenerationTask task) {
        return switch (task) {
            case TRANSLATION -> List.of(CHRF, BLEU);
            case SUMMARY -> List.of(CHRF, ROUGE_L);
        };
    }

    /** For people. */
    String title() {
        return title;
    }

    /** In metrics of a manifest. */
    String key() {
        return key;
    }

    CorpusMetric metric() {
        return metric;
    }
}
