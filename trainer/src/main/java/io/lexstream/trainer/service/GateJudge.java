package io.lexstream.trainer.service;

import io.lexstream.model.ModelPackage;
import io.lexstream.trainer.LabeledText;
import io.lexstream.trainer.LabeledTexts;
import io.lexstream.trainer.Progress;
import io.lexstream.trainer.gate.HeldOut.Row;
import io.lexstream.trainer.gate.ReleaseGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets the release gate judge a run's candidate. */
public final class GateJudge implements Judge {
    private final ReleaseGate gate;

    public GateJudge(ReleaseGate gate) {
        this.gate = gate;
    }

    @Override
    public Verdict judge(ModelPackage candidate, ModelPackage champion, HeldOut heldOut, Progress progress) {
        List<Row> trusted = new ArrayList<>();
        for (LabeledTexts file : heldOut.trusted()) {
            for (LabeledText row : file.rows()) {
                trusted.add(new Row(row.text(), row.label(), "", file.name()));
            }
        }
        List<Row> fresh = heldOut.labelled().stream()
                .map(row -> new Row(row.text(), row.label(), row.language(), row.source()))
                .toList();
        var verdict = gate.judge(
                candidate, Optional.of(champion), new io.lexstream.trainer.gate.HeldOut(trusted, fresh), progress);
        return new Verdict(verdict.passed(), verdict.reasons(), verdict.metrics(), verdict.precisions());
    }
}
