package io.lexstream.trainer.service;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.Precision;
import io.lexstream.model.ContentStore;
import io.lexstream.model.ModelPublisher;
import io.lexstream.model.SigningKey;
import io.lexstream.model.TrustedKeys;
import io.lexstream.trainer.BagOfWordsBaseline;
import io.lexstream.trainer.CandidateTrainer;
import io.lexstream.trainer.FineTuner;
import io.lexstream.trainer.gate.LabelAudit;
import io.lexstream.trainer.gate.PackageOpener;
import io.lexstream.trainer.gate.PairAudit;
import io.lexstream.trainer.gate.ReleaseGate;
import io.lexstream.trainer.seq2seq.WritingTuner;
import java.time.Clock;
import java.util.Optional;

/**
 * What the service puts to work: who looks at the labels, who trains, who judges, who publishes.
 *
 * @param publishing writes what is decided about trials; the release's own
 */
public record TrainerParts(
        CandidateTrainer trainer,
        LabelAudit audit,
        PairAudit pairAudit,
        Judge judge,
        Release release,
        Publishing publishing) {
    /** The parts that the settings ask for. */
    public static TrainerParts of(TrainerSettings settings, ContentStore store, Clock clock) {
        Optional<SigningKey> signer = settings.signer();
        TrustedKeys trusted = settings.trustedKeys();
        Publishing publishing =
                new Publishing(() -> new ModelPublisher(settings.clientConfig(), settings.topics(), trusted, signer));
        return new TrainerParts(
                trainer(store, clock),
                new LabelAudit(settings.audit(), BagOfWordsBaseline::train),
                new PairAudit(settings.audit()),
                new GateJudge(
                        new ReleaseGate(settings.gate(), opener(Precision.FP32), Optional.of(opener(Precision.INT8)))),
                Release.of(settings, publishing),
                publishing);
    }

    /** The same with another trainer. */
    public TrainerParts with(CandidateTrainer other) {
        return new TrainerParts(other, audit, pairAudit, judge, release, publishing);
    }

    /** One for versions that generate text, and one for those that an encoder and a head are. */
    private static CandidateTrainer trainer(ContentStore store, Clock clock) {
        int threads = Runtime.getRuntime().availableProcessors();
        CandidateTrainer classifiers = new FineTuner(store, InferenceSettings.DEFAULT, threads, clock);
        CandidateTrainer writers = new WritingTuner(store, threads, new ModelOpener(InferenceSettings.DEFAULT), clock);
        return (request, out, progress) -> {
            boolean writes = LabelForm.of(request.parent().manifest()) instanceof WrittenLabels;
            return (writes ? writers : classifiers).train(request, out, progress);
        };
    }

    private static PackageOpener opener(Precision precision) {
        ModelOpener opener = new ModelOpener(InferenceSettings.DEFAULT);
        return modelPackage -> opener.openToMeasure(modelPackage, precision);
    }
}
