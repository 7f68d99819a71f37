package io.lexstream.trainer.service;

import io.lexstream.model.ModelPackage;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Decides whether a candidate is good enough to be published. */
public interface Judge {
    /** @throws java.util.concurrent.CancellationException if {@code progress} calls it off */
    Verdict judge(ModelPackage candidate, ModelPackage champion, HeldOut heldOut, Progress progress) throws IOException;

    /**
     * What a candidate is measured on.
     *
     * @param labelled people's labels; never trained on
     * @param trusted the rows of train.trusted.data, a file each
     */
    record HeldOut(List<TrainingRow> labelled, List<LabeledTexts> trusted) {
        public HeldOut {
            labelled = List.copyOf(labelled);
            trusted = List.copyOf(trusted);
        }
    }

    /**
     * What was decided, and why.
     *
     * @param reasons a sentence a check
     * @param metrics for the manifest, as set/metric
     * @param precisions those that the candidate may be served in
     */
    record Verdict(boolean passed, List<String> reasons, Map<String, Double> metrics, List<String> precisions) {
        public Verdict {
            reasons = List.copyOf(reasons);
            metrics = Map.copyOf(metrics);
            precisions = List.copyOf(precisions);
        }
    }
}
