package io.lexstream.trainer.service;

import io.lexstream.inference.InferenceSettings;
import io.lexstream.inference.ModelOpener;
import io.lexstream.inference.TextModel;
import io.lexstream.model.ModelPackage;
import io.lexstream.model.ModelRejectedException;
import io.lexstream.trainer.ClassificationReport;
import io.lexstream.trainer.Evaluation;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The least that can be asked: golden cases pass, and no set of held-out rows is labelled worse than before. */
public final class NotWorse implements Judge {
    private final InferenceSettings inference;

    public NotWorse(InferenceSettings inference) {
        this.inference = inference;
    }

    @Override
    public Verdict judge(ModelPackage candidate, ModelPackage champion, HeldOut heldOut, Progress progress)
            throws IOException {
        List<LabeledTexts> sets = sets(heldOut);
        if (sets.isEmpty()) {
            return new Verdict(false, List.of("there are no held-out rows to measure on"), Map.of(), List.of());
        }
        ModelOpener opener = new ModelOpener(inference); // both on one encoder, if it is the same
        try (TextModel before = opener.open(champion);
                TextModel after = opener.open(candidate)) {
            return compare(Evaluation.of(before, sets, progress), Evaluation.of(after, sets, progress));
        } catch (ModelRejectedException e) {
            return new Verdict(false, List.of(String.valueOf(e.getMessage())), Map.of(), List.of());
        }
    }

    private static List<LabeledTexts> sets(HeldOut heldOut) {
        List<LabeledTexts> sets = new ArrayList<>();
        if (!heldOut.labelled().isEmpty()) {
            List<LabeledText> rows = heldOut.labelled().stream()
                    .map(row -> new LabeledText(row.text(), row.label()))
                    .toList();
            sets.add(new LabeledTexts("held-out", "", rows, List.of()));
        }
        sets.addAll(heldOut.trusted());
        return sets;
    }

    private static Verdict compare(Evaluation.Result before, Evaluation.Result after) {
        boolean passed = true;
        List<String> reasons = new ArrayList<>();
        Map<String, Double> metrics = new TreeMap<>();
        for (int i = 0; i < after.files().size(); i++) {
            ClassificationReport was = before.files().get(i);
            ClassificationReport is = after.files().get(i);
            boolean worse = is.accuracy() < was.accuracy();
            passed &= !worse;
            reasons.add("%s %s on %s: accuracy %.3f, the champion's %.3f"
                    .formatted(
                            worse ? "worse than" : "beats or equals",
                            "the champion",
                            is.name(),
                            is.accuracy(),
                            was.accuracy()));
            metrics.put(is.name() + "/accuracy", is.accuracy());
            metrics.put(is.name() + "/macroF1", is.macroF1());
            metrics.put(is.name() + "/ece", is.ece());
        }
        return new Verdict(passed, reasons, metrics, List.of("fp32"));
    }
}
